/** Merchants and their branches. Each branch is an account of its own; all of a merchant accept the same vouchers. */
import type { CityId } from '../../src/domain/base/city.ts'
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import type { Queryable } from './db.ts'

export interface MerchantRow {
  readonly merchantId: MerchantId
  readonly nameZh: string
  readonly nameEn: string
  readonly city: CityId
  readonly state: 'active' | 'suspended'
}

export interface BranchRow {
  readonly merchantId: MerchantId
  readonly branchNo: number
  readonly accountId: AccountId
  readonly nameZh: string
  readonly nameEn: string
}

const MERCHANT = `merchant_id as "merchantId", name_zh as "nameZh", name_en as "nameEn", city, state`
const BRANCH = `merchant_id as "merchantId", branch_no as "branchNo", account_id as "accountId", name_zh as "nameZh", name_en as "nameEn"`

export async function readMerchant(db: Queryable, merchantId: string): Promise<MerchantRow | undefined> {
  const rows = await db.query<MerchantRow>(`select ${MERCHANT} from merchants where merchant_id = $1`, [
    merchantId,
  ])
  return rows[0]
}

/** Some hundred at most: a city's shops. */
export async function readMerchants(db: Queryable): Promise<MerchantRow[]> {
  return await db.query<MerchantRow>(`select ${MERCHANT} from merchants order by merchant_id`)
}

export async function writeMerchantState(
  db: Queryable,
  merchantId: string,
  state: MerchantRow['state'],
): Promise<void> {
  await db.query('update merchants set state = $2 where merchant_id = $1', [merchantId, state])
}

export async function readAllBranches(db: Queryable): Promise<BranchRow[]> {
  return await db.query<BranchRow>(`select ${BRANCH} from branches order by merchant_id, branch_no`)
}

/** Whether it is new; what is there stays as it is. */
export async function insertMerchant(
  db: Queryable,
  { merchantId, nameZh, nameEn, city }: Omit<MerchantRow, 'state'>,
): Promise<boolean> {
  const rows = await db.query(
    `insert into merchants (merchant_id, name_zh, name_en, city, state) values ($1, $2, $3, $4, 'active')
     on conflict (merchant_id) do nothing returning merchant_id`,
    [merchantId, nameZh, nameEn, city],
  )
  return rows.length > 0
}

export async function readBranchesOf(db: Queryable, merchantId: string): Promise<BranchRow[]> {
  return await db.query<BranchRow>(
    `select ${BRANCH} from branches where merchant_id = $1 order by branch_no`,
    [merchantId],
  )
}

export async function readBranch(db: Queryable, accountId: AccountId): Promise<BranchRow | undefined> {
  const rows = await db.query<BranchRow>(`select ${BRANCH} from branches where account_id = $1`, [accountId])
  return rows[0]
}

/** One whose account was ended goes on with another. */
export async function putBranch(db: Queryable, branch: BranchRow): Promise<void> {
  const { merchantId, branchNo, accountId, nameZh, nameEn } = branch
  await db.query(
    `insert into branches (merchant_id, branch_no, account_id, name_zh, name_en) values ($1, $2, $3, $4, $5)
     on conflict (merchant_id, branch_no) do update set account_id = excluded.account_id`,
    [merchantId, branchNo, accountId, nameZh, nameEn],
  )
}
