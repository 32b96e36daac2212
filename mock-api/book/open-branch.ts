/** The account of a merchant's branch, which no phone opens. Its id is derived, so that one younger than a restored backup is the same again. */
import type { CityId } from '../../src/domain/base/city.ts'
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger.ts'
import type { Deps } from '../base/deps.ts'
import { insertAccount, readAccount } from '../storage/accounts.ts'
import { type BranchRow, putBranch } from '../storage/merchants.ts'
import { stateText } from '../storage/state.ts'
import { BookError } from './errors.ts'
import { ACCOUNTS_MAX } from './open-account.ts'

interface NewBranch {
  readonly merchantId: MerchantId
  readonly nameZh: string
  readonly nameEn: string
  readonly city: CityId
}

/** The account first: a crash leaves one that the same call finds again. `no`: counted from 1; again, it is the same branch. */
export async function openBranch(deps: Deps, no: number, branch: NewBranch): Promise<BranchRow> {
  const { merchantId, nameZh, nameEn, city } = branch
  const accountId = await livingId(deps, merchantId, no)
  await insertAccount(deps.db, {
    ...{ accountId, kind: 'merchant', merchantId, city, phoneKey: null },
    ...{ state: stateText(emptyLedger()), at: deps.now() },
  })
  const row = { merchantId, branchNo: no, accountId, nameZh, nameEn }
  await putBranch(deps.db, row)
  return row
}

/** The first of its ids that nobody has ended. */
async function livingId(deps: Deps, merchantId: MerchantId, no: number): Promise<AccountId> {
  for (let n = 0; n < ACCOUNTS_MAX; n++) {
    const accountId = deps.secret.accountId(ownerOf(merchantId, no), n) as AccountId
    const known = await readAccount(deps.db, accountId)
    if (!known || known.deletedAt === null) return accountId
  }
  throw new BookError('contended')
}

/** The first is the account that the merchant had before there were branches. */
function ownerOf(merchantId: MerchantId, no: number): string {
  return no === 1 ? `merchant ${merchantId}` : `merchant ${merchantId} branch ${no}`
}
