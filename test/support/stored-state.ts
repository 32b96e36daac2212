/** The state of an account as the backend stores it, whole: for tests that look at it. */
import { wholeLedgerOf } from '../../mock-api/book/ledger-of.ts'
import { readAccountWithState } from '../../mock-api/storage/accounts.ts'
import type { Queryable } from '../../mock-api/storage/db.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Ledger } from '../../src/domain/ledger/ledger.ts'

export async function storedState(db: Queryable, accountId: AccountId): Promise<Ledger> {
  const account = await readAccountWithState(db, accountId)
  if (!account) throw new Error('no such account')
  return (await wholeLedgerOf(db, account)).ledger
}
