/** The account of who pays the shops: one for the province, which no phone has. */
import type { CityId } from '../../src/domain/base/city.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger.ts'
import type { Deps } from '../base/deps.ts'
import { insertAccount } from '../storage/accounts.ts'
import { stateText } from '../storage/state.ts'

/** Opened when it first pays; the same id again after a restored backup. */
export async function openSponsor(deps: Deps): Promise<AccountId> {
  const accountId = deps.secret.accountId('sponsor', 0) as AccountId
  await insertAccount(deps.db, {
    accountId,
    kind: 'sponsor',
    merchantId: null,
    // Of the province: none.
    city: '' as CityId,
    phoneKey: null,
    state: stateText(emptyLedger()),
    at: deps.now(),
  })
  return accountId
}
