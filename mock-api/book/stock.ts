/**
 * What is left of an offer: claimed before an append, confirmed after it, released when nothing came of it,
 * given back when its voucher is returned. Offer and account are never
 * written in one transaction, so each step may be the last before a crash; the sweeper finishes it.
 */
import type { AccountId, OfferId, VoucherId } from '../../src/domain/base/ids.ts'
import type { RefusalCode } from '../../src/domain/base/reason.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS, STOCK_BUCKETS } from '../base/limits.ts'
import { fenceAccount } from '../storage/accounts.ts'
import {
  BEYOND_STOCK,
  type ClaimRow,
  confirmClaims,
  findClaim,
  insertClaim,
  readClaim,
  readStaleClaims,
  releaseClaim,
  renewClaim,
  returnClaim,
} from '../storage/offer-claims.ts'
import { type Bucket, hasPieces, returnPiece, takePiece } from '../storage/offers.ts'
import { readKnown } from '../storage/records.ts'
import { closeReturn, readOpenReturns, type StockReturn } from '../storage/stock-returns.ts'
import { each } from './each.ts'

/** How many open claims a sweep looks at. */
const CLAIMS_PER_SWEEP = 200

type Shortage = Extract<RefusalCode, 'offer_sold_out' | 'offer_budget_spent'>

export interface Claim {
  readonly offerId: OfferId
  readonly accountId: AccountId
  readonly voucherId: VoucherId
}

interface Wish {
  readonly offer: Pick<Offer, 'id' | 'valueFen'>
  readonly accountId: AccountId
  readonly voucherId: VoucherId
}

/** Undefined: a piece is set aside for the voucher, also when it was before. */
export async function claimPiece(deps: Deps, wish: Wish): Promise<Shortage | undefined> {
  const { offer, accountId, voucherId } = wish
  const at = deps.now()
  const key = { offerId: offer.id, accountId, claimId: voucherId }
  if (await renewClaim(deps.db, key, at)) return undefined
  const first = Number.parseInt(voucherId.slice(-2), 16) % STOCK_BUCKETS
  // Stepping over taken rows can miss the last pieces, so ask once more and wait before saying that nothing is left.
  for (const mayWait of [false, true]) {
    const taken = await deps.db.transaction(async (tx) => {
      const piece = { offerId: offer.id, valueFen: offer.valueFen, first, buckets: STOCK_BUCKETS, mayWait }
      const bucket = await takePiece(tx, piece)
      if (bucket === undefined) return false
      const claim = { ...key, bucket, valueFen: offer.valueFen }
      // The same command in two requests at once: one piece is enough.
      if (!(await insertClaim(tx, claim, at))) {
        await returnPiece(tx, claim)
        await renewClaim(tx, key, at)
      }
      return true
    })
    if (taken) return undefined
  }
  return (await hasPieces(deps.db, offer.id)) ? 'offer_budget_spent' : 'offer_sold_out'
}

/** For a voucher that is proven: it counts also when its piece has gone to somebody else since. */
export async function claimEvenBeyond(deps: Deps, wish: Wish): Promise<Claim> {
  const { offer, accountId, voucherId } = wish
  if (await claimPiece(deps, wish)) {
    const key = { offerId: offer.id, accountId, claimId: voucherId }
    await insertClaim(deps.db, { ...key, bucket: BEYOND_STOCK, valueFen: offer.valueFen }, deps.now())
  }
  return { offerId: offer.id, accountId, voucherId }
}

/** Of one account. */
export async function confirmPieces(
  deps: Deps,
  accountId: AccountId,
  claims: readonly Claim[],
): Promise<void> {
  for (const offerId of new Set(claims.map((claim) => claim.offerId))) {
    const claimIds = claims.filter((claim) => claim.offerId === offerId).map(({ voucherId }) => voucherId)
    await confirmClaims(deps.db, { offerId, accountId, claimIds })
  }
}

/**
 * Settles a claim whose outcome is not known: confirmed when the account has the record, or that of a shop that took the voucher, released when it has not. First the account's
 * fence goes up, so that an append still under way fails, decides again and claims again, which counts the claim's attempt up: then the
 * release below fails instead. So a late append never follows a release, and nobody is refused because of somebody's crash.
 */
export async function resolveClaim(
  deps: Deps,
  claim: ClaimRow,
): Promise<'confirmed' | 'released' | 'renewed'> {
  await fenceAccount(deps.db, claim.accountId)
  const settled = settleIdOf(claim.claimId)
  const known = await readKnown(deps.db, claim.accountId as AccountId, [claim.claimId, settled])
  const isBought = (known.get(claim.claimId)?.outcome ?? 'refused') !== 'refused'
  if (isBought || known.has(settled)) {
    await confirmClaims(deps.db, { ...claim, claimIds: [claim.claimId] })
    return 'confirmed'
  }
  const isReleased = await deps.db.transaction(async (tx) => {
    const isMine = await releaseClaim(tx, claim)
    if (isMine) await returnPiece(tx, claim)
    return isMine
  })
  return isReleased ? 'released' : 'renewed'
}

/** What was claimed for a decision that came to nothing. */
export async function releasePieces(deps: Deps, claims: readonly Claim[]): Promise<void> {
  for (const { offerId, accountId, voucherId } of claims) {
    const claim = await readClaim(deps.db, { offerId, accountId, claimId: voucherId })
    if (claim?.state === 'claimed') await resolveClaim(deps, claim)
  }
}

export async function sweepClaims(deps: Deps): Promise<void> {
  const stale = await readStaleClaims(deps.db, deps.now() - STALE_CLAIM_MS, CLAIMS_PER_SWEEP)
  await each(deps, stale, (claim) => resolveClaim(deps, claim))
}

/** A voucher was given back: so are its piece and its money, once, however often this is called. */
export async function giveBack(deps: Deps, row: StockReturn): Promise<void> {
  const { accountId, voucherId, offerId } = row
  const claim =
    offerId === null
      ? await findClaim(deps.db, { accountId, claimId: voucherId })
      : await readClaim(deps.db, { offerId, accountId, claimId: voucherId })
  if (claim)
    await deps.db.transaction(async (tx) => {
      if (await returnClaim(tx, claim)) await returnPiece(tx, claim)
    })
  await closeReturn(deps.db, accountId, voucherId)
}

export async function sweepReturns(deps: Deps): Promise<void> {
  const open = await readOpenReturns(deps.db, deps.now() - STALE_CLAIM_MS, CLAIMS_PER_SWEEP)
  await each(deps, open, (row) => giveBack(deps, row))
}

/** Pieces and budget spread over buckets in the same order, so that a bucket with a piece has the money for it too. */
export function bucketsFor(stock: { total: number; budgetFen: number; valueFen: number }): Bucket[] {
  const { total, budgetFen, valueFen } = stock
  const affordable = valueFen === 0 ? total : Math.floor(budgetFen / valueFen)
  const share = (count: number, bucket: number) =>
    Math.floor(count / STOCK_BUCKETS) + (bucket < count % STOCK_BUCKETS ? 1 : 0)
  const rest = budgetFen - affordable * valueFen
  return Array.from({ length: STOCK_BUCKETS }, (_, bucket) => ({
    bucket,
    total: share(total, bucket),
    budgetFen: share(affordable, bucket) * valueFen + (bucket === 0 ? rest : 0),
  }))
}
