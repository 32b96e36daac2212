/** What a database error means, by SQLSTATE only: texts and constraint names differ between engines. */

/** The database cannot be reached, or the line to it broke: what was asked may have been done, or not. */
export class DatabaseAwayError extends Error {
  readonly code = 'DATABASE_AWAY'

  constructor(cause?: unknown) {
    super('the database is away', { cause })
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** It ends, it starts, it has no room for one more connection, or the line is gone. */
export function isAway(error: unknown): boolean {
  const code = codeOf(error)
  return ['DATABASE_AWAY', '53300', '57P01', '57P02', '57P03'].includes(code) || code.startsWith('08')
}

/** Two writers met, and the engine let one of them wait in vain. */
function isCollision(error: unknown): boolean {
  return ['40001', '40P01', '55P03'].includes(codeOf(error))
}

/** Nothing is wrong with what was asked: the same again, a little later, may succeed. */
export function mayHelpLater(error: unknown): boolean {
  return isAway(error) || isCollision(error)
}

/** The compare-and-set of an append found nothing to advance, and has divided by it: see `advanceAccount`. */
export function isLostRace(error: unknown): boolean {
  return codeOf(error) === '22012'
}

/** Two writers of one account met, or the connection went: the same operation with the same ids may be tried again. */
export function isRetryable(error: unknown): boolean {
  return mayHelpLater(error) || codeOf(error) === '23505'
}
