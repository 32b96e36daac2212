/** Acts that providers reported, by their public id: one act is claimed once, and anybody who has the exact id may ask whether it was. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Month } from '../../src/domain/base/time.ts'
import { keyOf } from '../base/secret.ts'
import { type Queryable, valuesList } from './db.ts'

export interface ActClaimRow {
  readonly claimKey: string
  readonly providerId: string
  readonly accountId: AccountId
  readonly activityId: string
  readonly month: Month
}

const COLUMNS = `claim_key as "claimKey", provider_id as "providerId", account_id as "accountId", activity_id as "activityId", month`

/** `claimId`: hex, see the protocol. */
export function claimKeyOf(claimId: string): string {
  return keyOf('act', claimId)
}

/** Whoever is first keeps it; the rows as they stand after it. In order of their keys, so that two pushes wait for each other and not in a ring. */
export async function claimActs(db: Queryable, rows: readonly ActClaimRow[]): Promise<ActClaimRow[]> {
  if (rows.length === 0) return []
  const sorted = [...rows].sort((a, b) => (a.claimKey < b.claimKey ? -1 : 1))
  await db.query(
    `insert into act_claims (claim_key, provider_id, account_id, activity_id, month)
     values ${valuesList(sorted.length, 5)} on conflict (claim_key) do nothing`,
    sorted.flatMap((row) => [row.claimKey, row.providerId, row.accountId, row.activityId, row.month]),
  )
  return readActClaims(
    db,
    sorted.map(({ claimKey }) => claimKey),
  )
}

export async function readActClaims(db: Queryable, claimKeys: readonly string[]): Promise<ActClaimRow[]> {
  if (claimKeys.length === 0) return []
  return await db.query<ActClaimRow>(`select ${COLUMNS} from act_claims where claim_key = any($1::uuid[])`, [
    claimKeys,
  ])
}

/** Nothing came of it. */
export async function dropActClaim(
  db: Queryable,
  { claimKey, activityId }: Pick<ActClaimRow, 'claimKey' | 'activityId'>,
): Promise<void> {
  await db.query('delete from act_claims where claim_key = $1 and activity_id = $2', [claimKey, activityId])
}
