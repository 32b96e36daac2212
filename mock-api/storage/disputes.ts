/** What holders say against the use of a voucher: by the voucher, until it is decided and, once upheld, given back. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { DisputeVerdict } from '../../src/domain/offers/dispute.ts'
import { DOWN, type Queryable, UP } from './db.ts'

export interface DisputeRow {
  /** The holder's. */
  readonly accountId: AccountId
  readonly voucherId: string
  readonly branchId: AccountId
  /** The command by which the branch accepted. */
  readonly acceptanceId: string
  readonly note: string
  readonly state: 'open' | DisputeVerdict
  /** `due`: the branch's journal does not say yet that it gives back; `gone`: its account is deleted, and the sponsor's says it. */
  readonly refund: 'due' | 'done' | 'gone' | null
  readonly openedAt: Instant
  readonly decidedAt: Instant | null
}

const COLUMNS = `account_id as "accountId", voucher_id as "voucherId", branch_id as "branchId", acceptance_id as "acceptanceId", note, state,
  refund, opened_at as "openedAt", decided_at as "decidedAt"`

export type DisputeKey = Pick<DisputeRow, 'accountId' | 'voucherId'>

/** In the transaction of its record. */
export async function openDispute(
  tx: Queryable,
  row: Omit<DisputeRow, 'state' | 'refund' | 'decidedAt'>,
): Promise<void> {
  await tx.query(
    `insert into disputes (account_id, voucher_id, branch_id, acceptance_id, note, state, opened_at)
     values ($1, $2, $3, $4, $5, 'open', $6) on conflict (account_id, voucher_id) do nothing`,
    [row.accountId, row.voucherId, row.branchId, row.acceptanceId, row.note, row.openedAt],
  )
}

export async function readDispute(
  db: Queryable,
  { accountId, voucherId }: DisputeKey,
): Promise<DisputeRow | undefined> {
  const rows = await db.query<DisputeRow>(
    `select ${COLUMNS} from disputes where account_id = $1 and voucher_id = $2`,
    [accountId, voucherId],
  )
  return rows[0]
}

interface DisputesWanted {
  readonly after?: readonly [number, string, string] | undefined
  /** Where the holder is at home. Absent: all of them. */
  readonly cities?: readonly string[] | undefined
  readonly city?: string | undefined
  /** In small letters: in the words, or the id of the voucher, the branch or the acceptance. */
  readonly find: string
  /** The newest first. */
  readonly isDown: boolean
  readonly limit: number
}

/** For the desk: those that wait. */
export async function readOpenDisputes(db: Queryable, wanted: DisputesWanted): Promise<DisputeRow[]> {
  const { after, cities = [], city = null, find, isDown, limit } = wanted
  const { beyond, way } = isDown ? DOWN : UP
  return await db.query<DisputeRow>(
    `select d.* from (select ${COLUMNS} from disputes /* all accounts */ where state = 'open') as d
       left join accounts a /* all accounts */ on a.account_id = d."accountId"
      where ($1::bigint is null or (d."openedAt", d."accountId"::text, d."voucherId") ${beyond} ($1, $2::text, $3::text))
        and (cardinality($5::text[]) = 0 or a.city = any($5::text[])) and ($6::text is null or a.city = $6)
        and ($7::text = '' or strpos(lower(d.note), $7) > 0 or $7 in (d."voucherId", d."branchId"::text, d."acceptanceId"))
      order by d."openedAt" ${way}, d."accountId"::text ${way}, d."voucherId" ${way} limit $4`,
    [after?.[0] ?? null, after?.[1] ?? '', after?.[2] ?? '', limit, cities, city, find],
  )
}

/** In the transaction of its decision's record. */
export async function closeDispute(
  tx: Queryable,
  { accountId, voucherId }: DisputeKey,
  { verdict, at }: { verdict: DisputeVerdict; at: Instant },
): Promise<void> {
  await tx.query(
    `update disputes set state = $3, refund = $4, decided_at = $5 where account_id = $1 and voucher_id = $2 and state = 'open'`,
    [accountId, voucherId, verdict, verdict === 'upheld' ? 'due' : null, at],
  )
}

export async function finishDispute(
  db: Queryable,
  { accountId, voucherId }: DisputeKey,
  refund: 'done' | 'gone',
): Promise<void> {
  await db.query(
    `update disputes set refund = $3 where account_id = $1 and voucher_id = $2 and refund = 'due'`,
    [accountId, voucherId, refund],
  )
}

/** What a crash left between a decision and the shop's journal; over all accounts, so that only the sweeper asks. */
export async function readDueRefunds(db: Queryable, limit: number): Promise<DisputeRow[]> {
  return await db.query<DisputeRow>(
    `select ${COLUMNS} from disputes /* all accounts */ where refund = 'due' order by decided_at limit $1`,
    [limit],
  )
}

/** Of an account that is gone: its words go with it. */
export async function dropDisputes(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from disputes where account_id = $1', [accountId])
}
