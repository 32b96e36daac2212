/** Accounts without a phone: the backend's own, and of who receives donations before anybody has come for them. Opened when they are first needed. */
import type { CityId } from '../../src/domain/base/city.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import type { Deps } from '../base/deps.ts'
import { insertAccount, readAccount, readMerchantAccount } from '../storage/accounts.ts'
import { stateText } from '../storage/state.ts'
import { BookError } from './errors.ts'

/** Where the province sits. */
const CAPITAL: CityId = 'jinan'

/** Deleted by its owner, and opened again by the next donation: an end for a loop. */
const ACCOUNTS_MAX = 1000

/** One for the province. Its id is derived, so that two processes open one. */
export async function openOwnAccount(deps: Deps, kind: 'sponsor'): Promise<AccountId> {
  const accountId = deps.secret.accountId(kind, 0) as AccountId
  await open(deps, { accountId, kind, merchantId: null, city: CAPITAL })
  return accountId
}

/** Whose the offer's merchant is; the first that it ever had. */
export async function openBeneficiary(
  deps: Deps,
  { merchantId, cities }: Pick<Offer, 'merchantId' | 'cities'>,
): Promise<AccountId> {
  const own = await readMerchantAccount(deps.db, merchantId)
  if (own !== undefined) return own
  for (let n = 0; n < ACCOUNTS_MAX; n++) {
    const accountId = deps.secret.accountId(`merchant ${merchantId}`, n) as AccountId
    await open(deps, { accountId, kind: 'merchant', merchantId, city: cities[0] ?? CAPITAL })
    if ((await readAccount(deps.db, accountId))?.deletedAt === null) return accountId
  }
  throw new BookError('contended')
}

/** Again is nothing. */
async function open(
  deps: Deps,
  account: Pick<Parameters<typeof insertAccount>[1], 'accountId' | 'kind' | 'merchantId' | 'city'>,
): Promise<void> {
  const state = stateText(emptyLedger())
  await insertAccount(deps.db, { ...account, phoneKey: null, state, at: deps.now() })
}
