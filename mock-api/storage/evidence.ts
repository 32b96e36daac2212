/** Tracks by digest over all accounts: the first account to send one keeps it. */
import type { Instant } from '../../src/domain/time.ts'
import { type Queryable, valuesList } from './db.ts'

export interface EvidenceClaim {
  readonly digestKey: string
  readonly digest: string
  readonly accountId: string
  readonly commandId: string
}

const COLUMN_COUNT = 5

/** Claims what is free and answers who owns each: digest → account. Sent again, it changes nothing. */
export async function claimEvidence(
  db: Queryable,
  claims: readonly EvidenceClaim[],
  at: Instant,
): Promise<Map<string, string>> {
  if (claims.length === 0) return new Map()
  await db.query(
    `insert into evidence_claims (digest_key, digest, account_id, command_id, claimed_at)
     values ${valuesList(claims.length, COLUMN_COUNT)} on conflict (digest_key) do nothing`,
    claims.flatMap((claim) => [claim.digestKey, claim.digest, claim.accountId, claim.commandId, at]),
  )
  const rows = await db.query<{ digest: string; owner: string }>(
    'select digest, account_id as owner from evidence_claims where digest_key = any($1::uuid[]) /* by digest */',
    [claims.map((claim) => claim.digestKey)],
  )
  return new Map(rows.map((row) => [row.digest, row.owner]))
}
