/** 640 kB, 3.2 MB, 12 GB: sizes in the units that phones show. */
import { formatNumber } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

export function formatBytes(bytes: number, language: Language): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${formatNumber(value, language, value < 10 && unit > 1 ? 1 : 0)}\u00a0${units[unit]}`
}
