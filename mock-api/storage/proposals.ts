/** What one operator has proposed and another has to approve. That they are two, the table itself holds. */
import type { AccountId, OperatorId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { DOWN, type Queryable, UP } from './db.ts'

type ProposalState = 'open' | 'approved' | 'rejected' | 'run' | 'failed' | 'ended'

export interface ProposalRow {
  /** The office's. */
  readonly accountId: AccountId
  readonly proposalId: string
  readonly act: string
  readonly subject: string
  /** Empty: of the whole province. */
  readonly city: string
  readonly payload: string
  readonly digest: string
  readonly before: string | null
  readonly proposedBy: OperatorId
  readonly proposedAt: number
  readonly endsAt: number
  readonly state: ProposalState
  readonly decidedBy: OperatorId | null
  readonly decidedAt: number | null
  readonly note: string | null
}

const COLUMNS = `account_id as "accountId", proposal_id as "proposalId", act, subject, city, payload, digest, before,
  proposed_by as "proposedBy", proposed_at as "proposedAt", ends_at as "endsAt", state,
  decided_by as "decidedBy", decided_at as "decidedAt", note`

export async function insertProposal(
  tx: Queryable,
  row: Omit<ProposalRow, 'state' | 'decidedBy' | 'decidedAt' | 'note'>,
): Promise<void> {
  await tx.query(
    `insert into proposals (account_id, proposal_id, act, subject, city, payload, digest, before, proposed_by, proposed_at, ends_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open')`,
    [
      ...[row.accountId, row.proposalId, row.act, row.subject, row.city, row.payload, row.digest, row.before],
      ...[row.proposedBy, row.proposedAt, row.endsAt],
    ],
  )
}

export interface Decided {
  readonly accountId: AccountId
  readonly proposalId: string
  readonly state: 'approved' | 'rejected'
  readonly decidedBy: OperatorId
  readonly at: Instant
  readonly note: string | null
}

/** False: it is not open any more. The same person twice is refused by the table. */
export async function decideProposal(tx: Queryable, decided: Decided): Promise<boolean> {
  const { accountId, proposalId, state, decidedBy, at, note } = decided
  const rows = await tx.query(
    `update proposals set state = $3, decided_by = $4, decided_at = $5, note = $6
      where account_id = $1 and proposal_id = $2 and state = 'open' and ends_at > $5 returning proposal_id`,
    [accountId, proposalId, state, decidedBy, at, note],
  )
  return rows.length > 0
}

/** An approved one that was run, or one that nobody decided in time. */
export async function closeProposal(
  tx: Queryable,
  { accountId, proposalId }: Pick<ProposalRow, 'accountId' | 'proposalId'>,
  state: 'run' | 'failed' | 'ended',
): Promise<void> {
  await tx.query(
    `update proposals set state = $3 where account_id = $1 and proposal_id = $2 and state = $4`,
    [accountId, proposalId, state, state === 'ended' ? 'open' : 'approved'],
  )
}

/** Over all offices: an address names the proposal alone. */
export async function findProposal(db: Queryable, proposalId: string): Promise<ProposalRow | undefined> {
  const rows = await db.query<ProposalRow>(
    `select ${COLUMNS} from proposals /* all accounts */ where proposal_id = $1 limit 1`,
    [proposalId],
  )
  return rows[0]
}

const PROPOSAL_ORDERS = { proposedAt: 'proposed_at', endsAt: 'ends_at' } as const

interface ProposalsWanted {
  readonly after?: readonly [number, string] | undefined
  readonly state?: string | undefined
  readonly act?: string | undefined
  readonly city?: string | undefined
  /** In small letters, in what it is about; or by one of these people. */
  readonly find?: string
  readonly by?: readonly string[]
  readonly order?: keyof typeof PROPOSAL_ORDERS
  readonly isDown?: boolean
  readonly limit: number
}

/** Over all offices, the newest first unless it is asked otherwise. */
export async function readProposals(db: Queryable, wanted: ProposalsWanted): Promise<ProposalRow[]> {
  const { after, state, act, city, find = '', by = [], order = 'proposedAt', isDown = true, limit } = wanted
  const place = PROPOSAL_ORDERS[order]
  const { beyond, way } = isDown ? DOWN : UP
  return await db.query<ProposalRow>(
    `select ${COLUMNS} from proposals /* all accounts */
      where ($1::bigint is null or (${place}, proposal_id) ${beyond} ($1, $2::text))
        and ($4::text is null or state = $4) and ($5::text is null or act = $5) and ($6::text is null or city = $6)
        and ($7::text = '' or strpos(lower(subject), $7) > 0 or proposed_by = any($8::uuid[]))
      order by ${place} ${way}, proposal_id ${way} limit $3`,
    [
      ...[after?.[0] ?? null, after?.[1] ?? '', limit],
      ...[state ?? null, act ?? null, city ?? null, find, by],
    ],
  )
}

/** Approved, and not said to be run. */
export async function readUnsaidRuns(db: Queryable, before: Instant, limit: number): Promise<ProposalRow[]> {
  return await db.query<ProposalRow>(
    `select ${COLUMNS} from proposals /* all accounts */ where state = 'approved' and decided_at < $1 order by decided_at limit $2`,
    [before, limit],
  )
}

export async function readEndedProposals(db: Queryable, now: Instant, limit: number): Promise<ProposalRow[]> {
  return await db.query<ProposalRow>(
    `select ${COLUMNS} from proposals /* all accounts */ where state = 'open' and ends_at <= $1 order by ends_at limit $2`,
    [now, limit],
  )
}
