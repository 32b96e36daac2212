/** Whether a write failed because the phone is full. Dexie wraps the browser's error when a transaction was aborted by it. */
export function isQuotaError(error: unknown): boolean {
  const { name, inner } = (error ?? {}) as { name?: unknown; inner?: unknown }
  return name === 'QuotaExceededError' || (inner !== undefined && inner !== error && isQuotaError(inner))
}
