/** One JSON line an event on stderr. Nothing personal: no phone, no words of a person, accounts by their first eight characters. */

type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: LogFields) => void

export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (level, event, fields = {}) => {
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })}\n`)
  }
}

export const silentLog: Log = () => {}

export function shortId(id: string): string {
  return id.slice(0, 8)
}

/** Where, not who: messages, of the database above all, can quote what a person wrote. */
export function faultOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return `sqlstate ${code}`
  if (!(error instanceof Error)) return 'unknown'
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [error.name, ...frames.slice(0, FRAMES).map((line) => line.trim())].join(' | ')
}

const FRAMES = 6
