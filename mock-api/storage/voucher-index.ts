/** Vouchers by the number that is read aloud at their merchant's: no two of a merchant have the same. */
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from './db.ts'

export interface NumberRow {
  readonly codeKey: string
  readonly accountId: AccountId
  readonly voucherId: string
  readonly state: 'claimed' | 'confirmed'
  readonly attempt: number
}

const COLUMNS = `code_key as "codeKey", account_id as "accountId", voucher_id as "voucherId", state, attempt`

export function numberKey(merchantId: MerchantId, code: string): string {
  return keyOf('voucher-number', `${merchantId} ${code}`)
}

/** False: another voucher has it. Again for the same voucher: relied upon anew. */
export async function claimNumber(
  db: Queryable,
  row: Pick<NumberRow, 'codeKey' | 'accountId' | 'voucherId'>,
  at: Instant,
): Promise<boolean> {
  const rows = await db.query(
    `insert into voucher_index (code_key, account_id, voucher_id, state, attempt, claimed_at)
     values ($1, $2, $3, 'claimed', 1, $4)
     on conflict (code_key) do update set attempt = voucher_index.attempt + 1, claimed_at = excluded.claimed_at
       where voucher_index.account_id = excluded.account_id and voucher_index.voucher_id = excluded.voucher_id
     returning code_key`,
    [row.codeKey, row.accountId, row.voucherId, at],
  )
  return rows.length > 0
}

export async function confirmNumbers(db: Queryable, codeKeys: readonly string[]): Promise<void> {
  for (const codeKey of codeKeys)
    await db.query(`update voucher_index set state = 'confirmed' where code_key = $1 and state = 'claimed'`, [
      codeKey,
    ])
}

export async function readNumber(db: Queryable, codeKey: string): Promise<NumberRow | undefined> {
  const rows = await db.query<NumberRow>(`select ${COLUMNS} from voucher_index where code_key = $1`, [
    codeKey,
  ])
  return rows[0]
}

/** Nothing when it was confirmed or relied upon anew since `attempt` was read. */
export async function dropNumber(db: Queryable, { codeKey, attempt }: NumberRow): Promise<void> {
  await db.query(`delete from voucher_index where code_key = $1 and state = 'claimed' and attempt = $2`, [
    codeKey,
    attempt,
  ])
}

/** Numbers that a crash left open; over all, so that only the sweeper asks. */
export async function readStaleNumbers(db: Queryable, before: Instant, limit: number): Promise<NumberRow[]> {
  return await db.query<NumberRow>(
    `select ${COLUMNS} from voucher_index /* all numbers */ where state = 'claimed' and claimed_at < $1 order by claimed_at limit $2`,
    [before, limit],
  )
}

/** For the audit, in order of key; '' begins. */
export async function readNumbersAfter(db: Queryable, after: string, limit: number): Promise<NumberRow[]> {
  return await db.query<NumberRow>(
    `select ${COLUMNS} from voucher_index /* all numbers */ where code_key::text > $1 order by code_key::text limit $2`,
    [after, limit],
  )
}
