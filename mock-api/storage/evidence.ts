/** Tracks by digest over all accounts: the first account with an act that stands on one keeps it. A row is free, claimed or confirmed. */
import type { Instant } from '../../src/domain/base/time.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from './db.ts'

export interface EvidenceRow {
  readonly digest: string
  readonly accountId: string
  /** Of the act that relied on it last before it was confirmed. */
  readonly commandId: string
  readonly state: 'claimed' | 'confirmed'
  readonly attempt: number
}

const ROW = 'digest, account_id as "accountId", command_id as "commandId", state, attempt'

const evidenceKey = (digest: string): string => keyOf('track', digest)

export async function readEvidence(db: Queryable, digests: readonly string[]): Promise<EvidenceRow[]> {
  if (digests.length === 0) return []
  return await db.query<EvidenceRow>(
    `select ${ROW} from evidence_claims where digest_key = any($1::uuid[]) /* by digest */`,
    [digests.map(evidenceKey)],
  )
}

/** A digest, and the act that stands on it. */
interface EvidenceWish {
  readonly digest: string
  readonly commandId: string
}

/** A message at a time: each is answered before the next is written. */
const WISHES_A_MESSAGE = 1000

/**
 * Claims what is free, relies anew on what is claimed already, and answers who has each. What a crash leaves claimed, the sweeper gives back.
 * In the order of the keys: two batches that want the same tracks wait for each other, and not each for the other. A statement for each, because
 * together they would be prepared on every machine of a sharded database before any is kept.
 */
export async function claimEvidence(
  db: Queryable,
  { wishes, accountId }: { wishes: readonly EvidenceWish[]; accountId: string },
  at: Instant,
): Promise<EvidenceRow[]> {
  // Of two acts on one track the later one counts, as if each had asked for itself.
  const commandOf = new Map(wishes.map(({ digest, commandId }) => [digest, commandId]))
  const all = [...commandOf].map(([digest, commandId]) => ({ key: evidenceKey(digest), digest, commandId }))
  all.sort((a, b) => (a.key < b.key ? -1 : 1))
  const rows: EvidenceRow[] = []
  for (let from = 0; from < all.length; from += WISHES_A_MESSAGE) {
    const some = all.slice(from, from + WISHES_A_MESSAGE)
    const own = (await db.several(
      some.map(({ key, digest, commandId }) => ({
        text: CLAIM,
        params: [key, digest, accountId, commandId, at],
      })),
    )) as EvidenceRow[][]
    const missed = some.filter((_, place) => own[place]?.length === 0).map(({ digest }) => digest)
    rows.push(...own.flat(), ...(await readEvidence(db, missed)))
  }
  return rows
}

const CLAIM = `insert into evidence_claims (digest_key, digest, account_id, command_id, claimed_at, state, attempt)
   values ($1, $2, $3, $4, $5, 'claimed', 1)
   on conflict (digest_key) do update
     set attempt = evidence_claims.attempt + 1, claimed_at = excluded.claimed_at, command_id = excluded.command_id
     where evidence_claims.account_id = excluded.account_id and evidence_claims.state = 'claimed'
   returning ${ROW}`

export async function confirmEvidence(
  db: Queryable,
  { digests, accountId }: { digests: readonly string[]; accountId: string },
): Promise<void> {
  if (digests.length === 0) return
  await db.several(
    digests.map((digest) => ({
      text: `update evidence_claims set state = 'confirmed'
        where digest_key = $1 and account_id = $2 and state = 'claimed'`,
      params: [evidenceKey(digest), accountId],
    })),
  )
}

/** Whether anything stands on what was confirmed is asked anew: until that is known, it is a claim again. */
export async function reopenEvidence(
  db: Queryable,
  { digests, accountId }: { digests: readonly string[]; accountId: string },
): Promise<void> {
  for (const digest of digests)
    await db.query(
      `update evidence_claims set state = 'claimed', attempt = attempt + 1
        where digest_key = $1 and account_id = $2 and state = 'confirmed'`,
      [evidenceKey(digest), accountId],
    )
}

/** It stays when it was confirmed or relied upon anew since `attempt` was read. */
export async function releaseEvidence(db: Queryable, row: EvidenceRow): Promise<void> {
  await db.query(
    `delete from evidence_claims
      where digest_key = $1 and account_id = $2 and state = 'claimed' and attempt = $3`,
    [evidenceKey(row.digest), row.accountId, row.attempt],
  )
}

/** Claims that a crash left open; over all digests, so that only the sweeper asks. */
export async function readStaleEvidence(
  db: Queryable,
  before: Instant,
  limit: number,
): Promise<EvidenceRow[]> {
  return await db.query<EvidenceRow>(
    `select ${ROW} from evidence_claims /* all digests */ where state = 'claimed' and claimed_at < $1 order by claimed_at limit $2`,
    [before, limit],
  )
}
