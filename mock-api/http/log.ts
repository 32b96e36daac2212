/** One JSON line an event on stderr. Nothing personal: no phone, no words of a person, accounts by their first eight characters. */

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

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

/** A stack says where, not who; database messages can quote values, so that only their code is kept. */
export function faultOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return `sqlstate ${code}`
  return error instanceof Error
    ? `${error.name}: ${error.stack?.split('\n').slice(0, 6).join(' | ') ?? error.message}`
    : 'unknown'
}
