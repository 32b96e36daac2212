/** Claims on an offer's pieces: set aside before the record of who takes one, confirmed after it, released when nothing came of it. */
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'
import { offerKey } from './offers.ts'

/** The command's id alone is not enough: a person may bring the same backup to two accounts. */
interface ClaimKey {
  readonly offerId: string
  readonly accountId: string
  /** The command's id, by which the voucher goes. */
  readonly claimId: string
}

/** No bucket of the offer: a proven voucher counts also when its piece has gone to somebody else since. */
export const BEYOND_STOCK = -1

export interface ClaimRow extends ClaimKey {
  readonly bucket: number
  readonly valueFen: number
  readonly state: 'claimed' | 'confirmed' | 'released' | 'returned'
  readonly attempt: number
}

const CLAIM_COLUMNS = `offer_id as "offerId", claim_id as "claimId", account_id as "accountId", bucket, value_fen as "valueFen", state, attempt`

export async function readClaim(
  db: Queryable,
  { offerId, accountId, claimId }: ClaimKey,
): Promise<ClaimRow | undefined> {
  const rows = await db.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from offer_claims where offer_key = $1 and claim_id = $2 and account_id = $3`,
    [offerKey(offerId), claimId, accountId],
  )
  return rows[0]
}

/** Relies anew on a claim that stands. False: it does not stand any more. */
export async function renewClaim(
  db: Queryable,
  { offerId, accountId, claimId }: ClaimKey,
  at: Instant,
): Promise<boolean> {
  const rows = await db.query(
    `update offer_claims set attempt = attempt + 1, claimed_at = $4
      where offer_key = $1 and claim_id = $2 and account_id = $3 and state in ('claimed', 'confirmed') returning claim_id`,
    [offerKey(offerId), claimId, accountId, at],
  )
  return rows.length > 0
}

/** A claim on a piece just taken; one that was released stands again. False: somebody else claimed under this id in between. */
export async function insertClaim(
  tx: Queryable,
  claim: Omit<ClaimRow, 'state' | 'attempt'>,
  at: Instant,
): Promise<boolean> {
  const { offerId, claimId, accountId, bucket, valueFen } = claim
  const rows = await tx.query(
    `insert into offer_claims (offer_key, claim_id, offer_id, account_id, bucket, value_fen, state, attempt, claimed_at)
     values ($1, $2, $3, $4, $5, $6, 'claimed', 1, $7)
     on conflict (offer_key, claim_id, account_id) do update
       set state = 'claimed', bucket = excluded.bucket, value_fen = excluded.value_fen,
           attempt = offer_claims.attempt + 1, claimed_at = excluded.claimed_at
       where offer_claims.state = 'released'
     returning claim_id`,
    [offerKey(offerId), claimId, offerId, accountId, bucket, valueFen, at],
  )
  return rows.length > 0
}

export async function confirmClaims(
  db: Queryable,
  { offerId, accountId, claimIds }: Omit<ClaimKey, 'claimId'> & { readonly claimIds: readonly string[] },
): Promise<void> {
  await db.query(
    `update offer_claims set state = 'confirmed'
      where offer_key = $1 and claim_id = any($2::text[]) and account_id = $3 and state = 'claimed'`,
    [offerKey(offerId), claimIds, accountId],
  )
}

/** False: it was confirmed, released or relied upon anew since `attempt` was read. */
export async function releaseClaim(tx: Queryable, claim: ClaimRow): Promise<boolean> {
  const rows = await tx.query(
    `update offer_claims set state = 'released'
      where offer_key = $1 and claim_id = $2 and account_id = $3 and state = 'claimed' and attempt = $4 returning claim_id`,
    [offerKey(claim.offerId), claim.claimId, claim.accountId, claim.attempt],
  )
  return rows.length > 0
}

/** Where the offer is not known; over all offers, so that only the sweeper asks. */
export async function findClaim(
  db: Queryable,
  { accountId, claimId }: Omit<ClaimKey, 'offerId'>,
): Promise<ClaimRow | undefined> {
  const rows = await db.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from offer_claims /* all offers */ where claim_id = $1 and account_id = $2 limit 1`,
    [claimId, accountId],
  )
  return rows[0]
}

/** Its voucher was given back. False: that was counted before. */
export async function returnClaim(tx: Queryable, claim: ClaimKey): Promise<boolean> {
  const rows = await tx.query(
    `update offer_claims set state = 'returned'
      where offer_key = $1 and claim_id = $2 and account_id = $3 and state in ('claimed', 'confirmed') returning claim_id`,
    [offerKey(claim.offerId), claim.claimId, claim.accountId],
  )
  return rows.length > 0
}

/** Claims that a crash left open; over all offers, so that only the sweeper asks. */
export async function readStaleClaims(db: Queryable, before: Instant, limit: number): Promise<ClaimRow[]> {
  return await db.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from offer_claims /* all offers */ where state = 'claimed' and claimed_at < $1 order by claimed_at limit $2`,
    [before, limit],
  )
}

/** For the audit, in order of claim and account. */
export async function readClaimsAfter(
  db: Queryable,
  after: Pick<ClaimKey, 'claimId' | 'accountId'>,
  limit: number,
): Promise<ClaimRow[]> {
  return await db.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from offer_claims /* all offers */
      where (claim_id, account_id::text) > ($1, $2) order by claim_id, account_id::text limit $3`,
    [after.claimId, after.accountId, limit],
  )
}
