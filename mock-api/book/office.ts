/** The account of an office, one for each city and one of the province: no phone has it, and nothing but what operators do stands in its journal. */
import type { CityId } from '../../src/domain/base/city.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger.ts'
import type { Deps } from '../base/deps.ts'
import { insertAccount, readAccount } from '../storage/accounts.ts'
import { stateText } from '../storage/state.ts'

/** Opened when somebody acts for it for the first time; the same id again after a restored backup. */
export async function openOffice(deps: Deps, city?: CityId): Promise<AccountId> {
  const accountId = officeId(deps, city)
  if (await readAccount(deps.db, accountId)) return accountId
  await insertAccount(deps.db, {
    accountId,
    kind: 'office',
    merchantId: null,
    // Of the province: none.
    city: city ?? ('' as CityId),
    phoneKey: null,
    state: stateText(emptyLedger()),
    at: deps.now(),
  })
  return accountId
}

export function officeId(deps: Deps, city?: CityId): AccountId {
  return deps.secret.accountId(`office ${city ?? 'province'}`, 0) as AccountId
}
