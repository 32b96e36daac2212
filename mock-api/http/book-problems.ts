/** What the book refuses, as the problem that a phone is told. */
import type { ProblemCode } from '../../src/contract/problem.ts'
import { BookError, type BookFault } from '../book/errors.ts'

const PROBLEM_OF = {
  account_unknown: 'not_found',
  account_deleted: 'account_deleted',
  phone_resting: 'phone_resting',
  helper_revoked: 'helper_revoked',
  nothing_waits: 'not_found',
  already_decided: 'already_decided',
  own_proposal: 'not_allowed',
  id_reused: 'malformed',
  proposal_differs: 'already_decided',
  contended: 'busy',
} as const satisfies Readonly<Record<BookFault, ProblemCode>>

/** Undefined for what the book did not throw. */
export function bookProblem(error: unknown): ProblemCode | undefined {
  return error instanceof BookError ? PROBLEM_OF[error.fault] : undefined
}
