/** What operators did in an office's name, and whether its effect is there. Written with the record, in its transaction. */
import type { AccountId, OperatorId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface OfficeActRow {
  /** The office's. */
  readonly accountId: AccountId
  readonly actId: string
  readonly act: string
  readonly subject: string
  readonly payload: string | null
  readonly operatorId: OperatorId
  readonly state: 'open' | 'done' | 'failed'
  readonly reason: string | null
  readonly at: number
}

const COLUMNS = `account_id as "accountId", act_id as "actId", act, subject, payload, operator_id as "operatorId", state, reason, at`

export async function insertOfficeAct(
  tx: Queryable,
  row: Omit<OfficeActRow, 'state' | 'reason'>,
): Promise<void> {
  await tx.query(
    `insert into office_acts (account_id, act_id, act, subject, payload, operator_id, state, at)
     values ($1, $2, $3, $4, $5, $6, 'open', $7)`,
    [row.accountId, row.actId, row.act, row.subject, row.payload, row.operatorId, row.at],
  )
}

export async function readOfficeAct(
  db: Queryable,
  accountId: AccountId,
  actId: string,
): Promise<OfficeActRow | undefined> {
  const rows = await db.query<OfficeActRow>(
    `select ${COLUMNS} from office_acts where account_id = $1 and act_id = $2`,
    [accountId, actId],
  )
  return rows[0]
}

/** With what somebody may not have to keep. Answers whether it was open until now. */
export async function closeOfficeAct(
  db: Queryable,
  { accountId, actId }: Pick<OfficeActRow, 'accountId' | 'actId'>,
  { reason, isPersonal }: { reason: string | null; isPersonal: boolean },
): Promise<boolean> {
  const rows = await db.query(
    `update office_acts set state = $3, reason = $4, payload = case when $5 then null else payload end
      where account_id = $1 and act_id = $2 and state = 'open' returning act_id`,
    [accountId, actId, reason === null ? 'done' : 'failed', reason, isPersonal],
  )
  return rows.length > 0
}

/** What a crash interrupted; over all offices, so that only the sweeper asks. */
export async function readStaleOfficeActs(
  db: Queryable,
  before: Instant,
  limit: number,
): Promise<OfficeActRow[]> {
  return await db.query<OfficeActRow>(
    `select ${COLUMNS} from office_acts /* all accounts */ where state = 'open' and at < $1 order by at limit $2`,
    [before, limit],
  )
}
