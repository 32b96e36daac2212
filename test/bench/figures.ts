/** Figures as lines of a plain table: what, the median of how many runs with its spread, and the goal where there is one. Nothing is asserted. */

export interface Report {
  /** One figure, as text or as runs of which the median and the spread are shown. */
  row(what: string, value: string | number | readonly number[], options?: RowOptions): void
  /** A remark under the table. */
  note(text: string): void
}

export interface RowOptions {
  readonly unit?: string
  readonly goal?: string
  readonly digits?: number
}

/** A part of the bench: `npm run bench <name>`. */
export interface Part {
  readonly name: string
  /** What is measured and how, in one line. */
  readonly how: string
  /** It looks at the built app. */
  readonly needsBuild: boolean
  run(report: Report): Promise<void>
}

const WHAT_WIDTH = 66
const VALUE_WIDTH = 34

export const printed: Report = {
  row(what, value, { unit = '', goal, digits = 0 } = {}) {
    const text = typeof value === 'string' ? value : ofRuns(value, unit, digits)
    const line = `  ${what.padEnd(WHAT_WIDTH)} ${text.padEnd(VALUE_WIDTH)} ${goal ? `goal ${goal}` : ''}`
    console.info(line.trimEnd())
  },
  note(text) {
    console.info(`  · ${text}`)
  },
}

function ofRuns(value: number | readonly number[], unit: string, digits: number): string {
  const shown = (one: number) => formatted(one, digits)
  if (typeof value === 'number') return `${shown(value)} ${unit}`.trimEnd()
  if (value.length === 0) return 'not measured'
  const [least, most] = [Math.min(...value), Math.max(...value)]
  const spread = value.length > 1 ? ` (${shown(least)}–${shown(most)}, ${value.length}×)` : ''
  return `${shown(median(value))} ${unit}`.trimEnd() + spread
}

export function formatted(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

export function kilobytes(bytes: number): string {
  return `${formatted(bytes / 1000, 1)} kB`
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value that this share of all does not exceed; between two, their mean. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)] ?? Number.NaN
  const above = sorted[Math.ceil(at)] ?? Number.NaN
  return below + (above - below) * (at - Math.floor(at))
}

/** A size that a short trial may lower: `BENCH_RECORDS=5000 npm run bench home`. */
export function sizeFrom(name: string, preset: number): number {
  const given = Number(process.env[name])
  return Number.isInteger(given) && given > 0 ? given : preset
}
