/** Why nothing can be recorded in a ledger any more. Apart from the outbox, which the first screen does not need. */

/** The guest ledger was adopted while this tab looked at it: open the current one and try again. */
export class LedgerClosedError extends Error {
  override readonly name = 'LedgerClosedError'
}

/** The ledger was signed out, in this or another tab: there is none to go on in. */
export class LedgerLeftError extends LedgerClosedError {}
