/** Which build made the derived rows and the fold beside them; nothing is decided or added upon those of another. */
import type { Head } from '../domain/ledger/ledger-part.ts'
import { isOfThisFold } from '../domain/ledger/ledger-state.ts'
import type { LedgerDb } from './database.ts'
import { readMeta } from './meta.ts'

/** Count it up when what is derived changes: the next start makes all rows anew from the journal. */
export const DERIVED_VERSION = 8

/** A ledger that has never stored a page has nothing to be made anew. */
export function isMadeOtherwise(made: {
  ledger: Head | undefined
  derivedVersion: number | undefined
}): boolean {
  const { ledger, derivedVersion } = made
  return (
    (derivedVersion !== undefined && derivedVersion !== DERIVED_VERSION) ||
    (ledger !== undefined && !isOfThisFold(ledger))
  )
}

export async function isStale(db: LedgerDb): Promise<boolean> {
  const ledger = await readMeta(db, 'ledger')
  return isMadeOtherwise({ ledger, derivedVersion: await readMeta(db, 'derivedVersion') })
}
