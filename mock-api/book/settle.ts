/**
 * A merchant's acceptance of a voucher. The holder's side decides first, keyed by voucher: the first acceptance wins, the second is told so.
 * Then the merchant's own record follows; what a crash interrupts in between, the sweeper finishes.
 */
import { type Exchange, madeAt } from '../../src/domain/base/clock.ts'
import { type AccountId, isUuid, type VoucherId } from '../../src/domain/base/ids.ts'
import type { RefusalCode } from '../../src/domain/base/reason.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { type Decision, refuse } from '../../src/domain/ledger/decision.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { settleIdOf, settleStep, settleUnknownStep } from '../../src/domain/ledger/steps.ts'
import { SETTLEMENT_WINDOW_MS, voucherCode } from '../../src/domain/offers/voucher.ts'
import type { VoucherClaims } from '../../src/proof/voucher-token.ts'
import type { Deps } from '../base/deps.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { type AwaitedRow, insertAwaited, notePutOff, readAwaited } from '../storage/awaited.ts'
import type { CrossingKey, CrossingRow, Follower } from '../storage/crossings.ts'
import { readOfferVersion } from '../storage/offers.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'
import { nameCrossing, readCrossing } from '../storage/settlements-of-before.ts'
import { changeAccount } from './append.ts'
import { draftSettlement } from './draft-settlement.ts'
import { isFault } from './errors.ts'
import { claimForgotten } from './forgotten.ts'
import { paidFen } from './give-step.ts'
import { readShown } from './shown-voucher.ts'
import { type Claim, confirmPieces, releasePieces } from './stock.ts'
import type { Writing } from './writing.ts'

interface Acceptance {
  readonly command: CommandOf<'voucher.accept'>
  readonly text: string
  readonly merchant: {
    readonly account: AccountRow
    readonly exchange: Omit<Exchange, 'now'>
    readonly at: Instant
    readonly knowsWaiting: boolean
    /** What the till is called, where one accepts. */
    readonly till?: string
  }
}

/** `waiting`: the backend may have forgotten what it would need to know; ask again later. */
type DecidedAcceptance =
  | 'waiting'
  | { readonly decision: Decision; readonly detail?: Partial<RecordDetail>; readonly follows?: CrossingKey }

export async function decideAcceptance(deps: Deps, acceptance: Acceptance): Promise<DecidedAcceptance> {
  const { command, merchant } = acceptance
  const shown = await readShown(deps, command.body, merchant.account)
  if ('refusal' in shown) {
    if (shown.isForgotten && (await mayWait(deps, acceptance))) return 'waiting'
    return { decision: refuse(shown.refusal) }
  }
  const { claims, token } = shown
  if (claims.merchant !== merchant.account.merchantId) return { decision: refuse('voucher_not_yours') }
  const voucherId = claims.jti as VoucherId
  const taken = { claims, acceptance, acceptedAt: acceptedAtOf(claims, acceptance) }
  const valueFen = await worthOf(deps, claims)
  const detail: Partial<RecordDetail> = {
    acceptance: {
      offerId: claims.offer,
      offerVersion: claims.version,
      pricePoints: claims.points,
      valueFen,
      merchantId: claims.merchant,
      expiresAt: claims.exp,
      acceptedAt: taken.acceptedAt.latest,
      code: await codeOf(deps, claims.sub as AccountId, voucherId),
      token,
    },
  }
  const key = { accountId: claims.sub as AccountId, crossingId: settleIdOf(voucherId) }
  const refusal = await settleHolder(deps, taken)
  if (refusal === 'waiting') return refusal
  if (refusal) {
    const first = refusal === 'voucher_already_accepted' ? await readFirst(deps, key) : {}
    return { decision: { ...refuse(refusal), about: voucherId }, detail: { ...detail, ...first } }
  }
  // The holder's journal moved held → merchant; this one takes it from there, so that over both the merchant side is zero again.
  return {
    decision: {
      outcome: 'accepted',
      reasons: [],
      transfers: [
        { asset: 'points', debit: 'merchant', credit: 'available', amount: claims.points },
        ...paidFen(valueFen),
      ],
      about: voucherId,
    },
    detail,
    follows: key,
  }
}

/** What the shop is paid: of the offer's version. Tokens of before 2026-11-28 do not say it themselves. */
async function worthOf({ db }: Deps, claims: VoucherClaims): Promise<number> {
  if (claims.token === 2) return claims.fen
  return (await readOfferVersion(db, claims.offer, claims.version))?.valueFen ?? 0
}

/** Where and when the voucher was taken first: the shop that it is bound to may know. */
async function readFirst(
  { db }: Deps,
  { accountId, crossingId }: CrossingKey,
): Promise<Pick<RecordDetail, 'settled'>> {
  const settled = openDetail((await readRecordOf(db, accountId, crossingId))?.detail)?.settled
  return settled ? { settled } : {}
}

/** As it was granted; of a holder who is gone, whose words are gone too, none is left to compare. */
async function codeOf(deps: Deps, holder: AccountId, voucherId: VoucherId): Promise<string> {
  const record = await readRecordOf(deps.db, holder, voucherId)
  return openDetail(record?.detail)?.voucher?.code ?? voucherCode(voucherId)
}

/** A voucher that a phone could still bring back is waited for as long as points are for a shop that was offline. */
async function mayWait(deps: Deps, { command, merchant }: Acceptance): Promise<boolean> {
  const { at, account } = merchant
  const first = await notePutOff(deps.db, { accountId: account.accountId, commandId: command.id, at })
  return at < first + SETTLEMENT_WINDOW_MS
}

type Refusal = RefusalCode | 'waiting' | undefined

/** Undefined: this acceptance is the one that counts, now or before. */
async function settleHolder(deps: Deps, taken: Taken): Promise<Refusal> {
  const { claims, acceptance } = taken
  const holder = claims.sub as AccountId
  const pieces: Claim[] = []
  try {
    const refusal = await changeAccount(deps, holder, (writing) => settleIn(deps, writing, { taken, pieces }))
    if (refusal === undefined) await confirmPieces(deps, holder, pieces)
    else await releasePieces(deps, pieces)
    return refusal
  } catch (error) {
    // Whether the append took place may be unknown here: the release finds out.
    await releasePieces(deps, pieces).catch(() => {})
    if (isFault(error, 'account_deleted')) return 'voucher_ended'
    if (isFault(error, 'account_unknown')) return settleNobody(deps, claims, acceptance)
    throw error
  }
}

/** The holder's account is not there, and will be the same one when its phone comes: what the shop is paid is kept for it. */
async function settleNobody(deps: Deps, claims: VoucherClaims, acceptance: Acceptance): Promise<Refusal> {
  if (!isUuid(claims.sub)) return 'voucher_unknown'
  if (await mayWait(deps, acceptance)) return 'waiting'
  const { command, merchant } = acceptance
  const paid = {
    accountId: claims.sub as AccountId,
    voucherId: claims.jti,
    merchantAccountId: merchant.account.accountId,
    commandId: command.id,
  }
  await insertAwaited(deps.db, { ...paid, points: claims.points, since: merchant.at })
  return isFirst(await readAwaited(deps.db, paid.accountId), paid) ? undefined : 'voucher_already_accepted'
}

function isFirst(
  awaited: readonly AwaitedRow[],
  acceptance: Pick<AwaitedRow, 'voucherId' | 'commandId' | 'merchantAccountId'>,
): boolean {
  const first = awaited.find(({ voucherId }) => voucherId === acceptance.voucherId)
  return (
    !first ||
    (first.commandId === acceptance.commandId && first.merchantAccountId === acceptance.merchantAccountId)
  )
}

async function settleIn(
  deps: Deps,
  writing: Writing,
  { taken, pieces }: { taken: Taken; pieces: Claim[] },
): Promise<Refusal> {
  const { claims, acceptance, acceptedAt } = taken
  const { command, merchant } = acceptance
  const holder = writing.account.accountId
  const voucherId = claims.jti as VoucherId
  const named = { voucherId, commandId: command.id, merchantAccountId: merchant.account.accountId }
  const shop = { followerId: named.merchantAccountId, followerRecord: command.id }
  const first = await readNamed(deps, { accountId: holder, crossingId: settleIdOf(voucherId) }, shop)
  if (first) {
    const isMine = first.followerRecord === command.id && first.followerId === shop.followerId
    return isMine ? undefined : 'voucher_already_accepted'
  }
  if (!isFirst(await readAwaited(deps.db, holder), named)) return 'voucher_already_accepted'
  // The holder's phone may know better than a restored backup: it is heard first. An older shop would not ask again before its next version.
  const isHeld = merchant.knowsWaiting && (await deps.recovery.isHeld(holder))
  if (isHeld && (await mayWait(deps, acceptance))) return 'waiting'
  const voucher = writing.ledger.vouchers[voucherId]
  const { till } = merchant
  const paid = { ...shop, text: acceptance.text, taken: { at: acceptedAt.latest, ...(till ? { till } : {}) } }
  if (!voucher) {
    const why = await whyNotOpen(deps, holder, voucherId)
    if (why !== 'voucher_unknown') return why
    if (await mayWait(deps, acceptance)) return 'waiting'
    const { ledger } = writing
    const step = settleUnknownStep(voucherId, { ledger, points: claims.points })
    pieces.push(await claimForgotten(deps, claims))
    draftSettlement(writing, step, paid)
    return undefined
  }
  const returnsAt = voucher.returnsAt ?? voucher.expiresAt + SETTLEMENT_WINDOW_MS
  // Giving it back is a request: a till without a network could not know of it, and its shop is paid all the same.
  if (acceptedAt.earliest >= voucher.expiresAt || writing.at >= returnsAt) return 'voucher_late'
  draftSettlement(writing, settleStep(voucherId, voucher), paid)
  return undefined
}

/** Nobody is named when it came back with an older journal: then the first who comes is who it was. */
async function readNamed(deps: Deps, key: CrossingKey, shop: Follower): Promise<CrossingRow | undefined> {
  const first = await readCrossing(deps.db, key)
  if (!first || first.followerRecord !== null) return first
  await nameCrossing(deps.db, key, shop)
  return readCrossing(deps.db, key)
}

/** A voucher that was refused when it was asked for again, but is signed, is one that a restored backup has forgotten. */
async function whyNotOpen(deps: Deps, holder: AccountId, voucherId: VoucherId): Promise<RefusalCode> {
  const returned = `voucher.return:${voucherId}`
  const known = await readKnown(deps.db, holder, [voucherId, returned])
  if (known.has(returned)) return 'voucher_late'
  return known.get(voucherId)?.outcome === 'accepted' ? 'voucher_ended' : 'voucher_unknown'
}

/** When a voucher was taken: as far as the till's clocks tell. */
interface AcceptedAt {
  readonly earliest: Instant
  readonly latest: Instant
}

interface Taken {
  readonly claims: VoucherClaims
  readonly acceptance: Acceptance
  readonly acceptedAt: AcceptedAt
}

/**
 * By the till's clock, corrected by its offset, never before the voucher was issued nor after this arrived. Where nothing tells exactly when it
 * was, because another life of its page sends it, it may have been as early as the till last heard from here: the shop is believed. Whoever
 * dates back gains nothing but a voucher that was shown to it, and the holder can dispute that.
 */
function acceptedAtOf({ iat }: VoucherClaims, { command, merchant }: Acceptance): AcceptedAt {
  const { exchange, at } = merchant
  const { body, clock } = command
  const { shiftMs, doubtMs } = madeAt(command, { ...exchange, now: at })
  const latest = Math.max(iat, Math.min(body.acceptedAt + shiftMs, at))
  const isSamePage = clock !== undefined && clock.page === exchange.page?.page
  const heardAt = isSamePage ? latest : (clock?.syncedAt ?? latest)
  return { earliest: Math.max(iat, Math.min(latest - doubtMs, heardAt)), latest }
}
