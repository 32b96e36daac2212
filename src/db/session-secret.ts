/** The secret of an account's session, for a request that is made without its ledger being open: it lives and dies with the ledger. */
import { hasLedgerDb, openLedgerDb } from './database.ts'
import { readMeta, writeMeta } from './meta.ts'

export async function sessionSecretOf(ledgerId: string): Promise<string | undefined> {
  if (!(await hasLedgerDb(ledgerId))) return undefined // opened unasked, there would be an empty ledger
  const db = openLedgerDb(ledgerId)
  try {
    return await readMeta(db, 'sessionSecret')
  } finally {
    db.close()
  }
}

/** At the sign-in, before anything else says that this phone is signed in. */
export async function keepSessionSecret(ledgerId: string, secret: string): Promise<void> {
  const db = openLedgerDb(ledgerId)
  try {
    await writeMeta(db, 'sessionSecret', secret)
  } finally {
    db.close()
  }
}
