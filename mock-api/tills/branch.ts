/** A branch as its tills are told of it: the account, with its own name and the merchant's. */
import type { TillBranch } from '../../src/contract/till.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { readLiving } from '../book/append.ts'
import { BookError } from '../book/errors.ts'
import type { AccountRow } from '../storage/accounts.ts'
import {
  type BranchRow,
  insertMerchant,
  type MerchantRow,
  putBranch,
  readBranch,
  readBranchesOf,
  readMerchant,
} from '../storage/merchants.ts'
import { readOffers } from '../storage/offers.ts'

export interface Branch {
  readonly account: AccountRow
  readonly merchant: MerchantRow
  readonly branch: BranchRow
}

/** Throws for what is no branch. An account of before there were branches becomes one, by the names that its offers have. */
export async function readBranchOf(deps: Deps, accountId: AccountId): Promise<Branch> {
  const account = await readLiving(deps.db, accountId)
  const { merchantId, city } = account
  if (merchantId === null) throw new BookError('account_unknown')
  const known = await readBranch(deps.db, accountId)
  if (!known) await nameOldBranch(deps, { merchantId, accountId, city })
  const branch = known ?? (await readBranch(deps.db, accountId))
  const merchant = await readMerchant(deps.db, merchantId)
  if (!branch || !merchant) throw new BookError('account_unknown')
  return { account, merchant, branch }
}

async function nameOldBranch(
  deps: Deps,
  { merchantId, accountId, city }: { merchantId: MerchantId; accountId: AccountId; city: CityId },
): Promise<void> {
  const offer = (await readOffers(deps.db, { demo: true })).find((each) => each.merchantId === merchantId)
  const nameZh = offer?.merchantZh ?? merchantId
  const nameEn = offer?.merchantEn ?? merchantId
  await insertMerchant(deps.db, { merchantId, nameZh, nameEn, city })
  const branchNo = (await readBranchesOf(deps.db, merchantId)).length + 1
  await putBranch(deps.db, { merchantId, branchNo, accountId, nameZh, nameEn })
}

export function toldBranch({ account, merchant, branch }: Branch): TillBranch {
  const { accountId, nameZh, nameEn } = branch
  const { merchantId, nameZh: merchantZh, nameEn: merchantEn } = merchant
  return { accountId, merchantId, nameZh, nameEn, merchantZh, merchantEn, city: account.city }
}
