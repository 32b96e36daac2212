/** Why the book does not do what it was asked for. It knows nothing of HTTP; how a phone is told stands in `http/book-problems.ts`. */
export type BookFault =
  | 'account_unknown'
  | 'account_deleted'
  /** The number's last account was deleted a short while ago. */
  | 'phone_resting'
  /** The owner has ended it, or has never invited them. */
  | 'helper_revoked'
  /** No act, no voice and no case waits there for a decision, or not any more. */
  | 'nothing_waits'
  /** Somebody has decided it, or it has ended. */
  | 'already_decided'
  /** Nobody decides what they have proposed themselves. */
  | 'own_proposal'
  /** The same id with other words. */
  | 'id_reused'
  /** What was approved is not what is proposed. */
  | 'proposal_differs'
  /** Others were first, again and again: the same may succeed later. */
  | 'contended'

export class BookError extends Error {
  override readonly name = 'BookError'
  readonly fault: BookFault

  constructor(fault: BookFault) {
    super(fault)
    this.fault = fault
  }
}

export function isFault(error: unknown, ...faults: readonly BookFault[]): boolean {
  return error instanceof BookError && faults.includes(error.fault)
}
