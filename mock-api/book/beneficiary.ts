/** Whose account an offer's donations go to: the first branch of its merchant, opened for it where nobody has come for one yet. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import type { Deps } from '../base/deps.ts'
import { readAccount } from '../storage/accounts.ts'
import { insertMerchant, readBranchesOf } from '../storage/merchants.ts'
import { openBranch } from './open-branch.ts'

type Beneficiary = Pick<Offer, 'merchantId' | 'merchantZh' | 'merchantEn' | 'cities'>

export async function openBeneficiary(deps: Deps, offer: Beneficiary): Promise<AccountId> {
  const { merchantId, merchantZh: nameZh, merchantEn: nameEn, cities } = offer
  const [first] = await readBranchesOf(deps.db, merchantId)
  if (first && (await readAccount(deps.db, first.accountId))?.deletedAt === null) return first.accountId
  const merchant = { merchantId, nameZh, nameEn, city: cities[0] ?? 'jinan' }
  await insertMerchant(deps.db, merchant)
  return (await openBranch(deps, first?.branchNo ?? 1, merchant)).accountId
}
