/** Scores of a nomination, one a person who scores, beside the account that nominated. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Scores } from '../../src/domain/taking-part/scoring.ts'
import type { Queryable } from './db.ts'

interface ScoreRow {
  readonly accountId: AccountId
  readonly voiceId: string
  readonly operatorId: string
  readonly scores: Scores
  readonly note: string | null
  readonly scoredAt: Instant
}

type Stored = Omit<ScoreRow, 'scores'> & { readonly scores: string }

const COLUMNS = `account_id as "accountId", voice_id as "voiceId", operator_id as "operatorId", scores, note, scored_at as "scoredAt"`

/** Of several nominations at once, in the order in which they were scored. */
export async function readScores(
  db: Queryable,
  voices: readonly Pick<ScoreRow, 'accountId' | 'voiceId'>[],
): Promise<ScoreRow[]> {
  const rows = await db.query<Stored>(
    `select ${COLUMNS} from voice_scores where account_id = any($1::uuid[]) and voice_id = any($2::text[])
      order by scored_at, operator_id`,
    [voices.map(({ accountId }) => accountId), voices.map(({ voiceId }) => voiceId)],
  )
  return rows.map((row) => ({ ...row, scores: JSON.parse(row.scores) as Scores }))
}

/** The first score of a person stands. */
export async function insertScore(
  db: Queryable,
  { accountId, voiceId, operatorId, note, scoredAt }: Omit<ScoreRow, 'scores'>,
  text: string,
): Promise<void> {
  await db.query(
    `insert into voice_scores (account_id, voice_id, operator_id, scores, note, scored_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (account_id, voice_id, operator_id) do nothing`,
    [accountId, voiceId, operatorId, text, note, scoredAt],
  )
}

export async function dropScores(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from voice_scores where account_id = $1', [accountId])
}
