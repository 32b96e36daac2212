/** What a database error means, by SQLSTATE only: texts and constraint names differ between engines. */

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** Two writers of one account met, or the connection went: the same operation with the same ids may be tried again. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error)
  return (
    ['40001', '40P01', '55P03', '53300', '57P01', '57P02', '57P03', '23505'].includes(code) ||
    code.startsWith('08') ||
    ['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'ECONNREFUSED', 'ECONNRESET'].includes(
      code,
    )
  )
}
