/** Whether a write failed because the phone is full. Dexie wraps the browser's error: once for an aborted transaction, in a list for rows put together. */
export function isQuotaError(error: unknown): boolean {
  const { name, inner, failures } = (error ?? {}) as { name?: unknown; inner?: unknown; failures?: unknown }
  if (name === 'QuotaExceededError') return true
  if (Array.isArray(failures) && failures.some(isQuotaError)) return true
  return inner !== undefined && inner !== error && isQuotaError(inner)
}
