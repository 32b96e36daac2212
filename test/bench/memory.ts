/** Resident memory of another process, looked at while it works. Linux only: read from /proc. */
import { readFileSync } from 'node:fs'
import { median } from './figures.ts'

const EVERY_MS = 200

export interface Memory {
  readonly median: number
  readonly highest: number
}

/** Looks at once, and then until it is stopped. Bytes. */
export async function watchMemory(pid: number): Promise<{ stop(): Memory }> {
  const seen = [residentBytes(pid)]
  const timer = setInterval(() => seen.push(residentBytes(pid)), EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      return { median: median(seen), highest: Math.max(...seen) }
    },
  }
}

function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) * 1024
  } catch {
    return Number.NaN
  }
}
