/**
 * Commands of guests that earn, by id over all accounts: the first account to send one keeps it. They lie among the claims of tracks, under keys of
 * their own: no table for them, and the same placement. Confirmed at once: what an id was first sent for is never given back, whatever came of it.
 */
import type { Instant } from '../../src/domain/base/time.ts'
import { type Queryable, valuesList } from './db.ts'

interface CommandClaim {
  readonly claimKey: string
  readonly commandId: string
  readonly accountId: string
}

const COLUMN_COUNT = 7

/** Claims what is free and answers which of the commands belong to another account. Sent again, it changes nothing. */
export async function claimCommands(
  db: Queryable,
  claims: readonly CommandClaim[],
  at: Instant,
): Promise<ReadonlySet<string>> {
  if (claims.length === 0) return new Set()
  const inserted = await db.query(
    `insert into evidence_claims (digest_key, digest, account_id, command_id, claimed_at, state, attempt)
     values ${valuesList(claims.length, COLUMN_COUNT)} on conflict (digest_key) do nothing returning digest_key`,
    claims.flatMap(({ claimKey, commandId, accountId }) => [
      ...[claimKey, commandId, accountId, commandId, at],
      ...['confirmed', 1],
    ]),
  )
  // Nearly always all of them are new, and nothing needs to be asked.
  if (inserted.length === claims.length) return new Set()
  const rows = await db.query<{ commandId: string; owner: string }>(
    'select command_id as "commandId", account_id as owner from evidence_claims where digest_key = any($1::uuid[]) /* by command */',
    [claims.map((claim) => claim.claimKey)],
  )
  const mine = new Map(claims.map((claim) => [claim.commandId, claim.accountId]))
  return new Set(
    rows.filter(({ commandId, owner }) => mine.get(commandId) !== owner).map(({ commandId }) => commandId),
  )
}
