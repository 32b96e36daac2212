/**
 * A merchant's acceptance of a voucher. The holder's side decides first, keyed by voucher: the first acceptance wins, the second is told so.
 * Then the merchant's own record follows; what a crash interrupts in between, the sweeper finishes.
 */
import type { AccountId, VoucherId } from '../../src/domain/base/ids.ts'
import type { RefusalCode } from '../../src/domain/base/reason.ts'
import { type Decision, refuse } from '../../src/domain/ledger/decision.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { settleIdOf, settleStep, settleUnknownStep } from '../../src/domain/ledger/steps.ts'
import { SETTLEMENT_WINDOW_MS, voucherCode } from '../../src/domain/offers/voucher.ts'
import type { VoucherClaims } from '../../src/proof/voucher-token.ts'
import type { Deps } from '../base/deps.ts'
import { readAwaited } from '../storage/awaited.ts'
import type { CrossingKey } from '../storage/crossings.ts'
import { readLeft } from '../storage/left-vouchers.ts'
import { readOfferVersion } from '../storage/offers.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'
import { type Acceptance, acceptedAtOf, mayWait, mayWaitForHolder, type Taken } from './acceptance.ts'
import { changeAccount } from './append.ts'
import { isPaidToAnother } from './awaited.ts'
import { draftSettlement } from './draft-settlement.ts'
import { isFault } from './errors.ts'
import { claimForgotten } from './forgotten.ts'
import { paidFen } from './give-step.ts'
import { isFirst, type Refusal, readNamed, settleGone, settleNobody } from './settle-without.ts'
import { readShown } from './shown-voucher.ts'
import { type Claim, confirmPieces, releasePieces } from './stock.ts'
import type { Writing } from './writing.ts'

/** `waiting`: the backend may have forgotten what it would need to know; ask again later. */
type DecidedAcceptance =
  | 'waiting'
  | { readonly decision: Decision; readonly detail?: Partial<RecordDetail>; readonly follows?: CrossingKey }

export async function decideAcceptance(deps: Deps, acceptance: Acceptance): Promise<DecidedAcceptance> {
  const { command, merchant } = acceptance
  const shown = await readShown(deps, command.body, merchant.account)
  if ('refusal' in shown) {
    if (shown.isForgotten && (await mayWaitForHolder(deps, acceptance))) return 'waiting'
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
    const first = refusal === 'voucher_already_accepted' ? await readFirst(deps, key, command.id) : {}
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

/** Where and when the voucher was taken first: the shop that it is bound to may know. A holder's journal of another time may name the second. */
async function readFirst(
  { db }: Deps,
  { accountId, crossingId }: CrossingKey,
  second: string,
): Promise<Pick<RecordDetail, 'settled'>> {
  const settled = openDetail((await readRecordOf(db, accountId, crossingId))?.detail)?.settled
  return settled && settled.command !== second ? { settled } : {}
}

/** As it was granted; of a holder who is gone, as it was kept, where it was open by then. */
async function codeOf({ db }: Deps, accountId: AccountId, voucherId: VoucherId): Promise<string> {
  const granted = openDetail((await readRecordOf(db, accountId, voucherId))?.detail)?.voucher
  return (granted ?? (await readLeft(db, { accountId, voucherId })))?.code ?? voucherCode(voucherId)
}

/** Undefined: this acceptance is the one that counts, now or before. */
async function settleHolder(deps: Deps, taken: Taken): Promise<Refusal> {
  const holder = taken.claims.sub as AccountId
  const pieces: Claim[] = []
  try {
    const refusal = await changeAccount(deps, holder, (writing) => settleIn(deps, writing, { taken, pieces }))
    if (refusal === undefined) await confirmPieces(deps, holder, pieces)
    else await releasePieces(deps, pieces)
    return refusal
  } catch (error) {
    // Whether the append took place may be unknown here: the release finds out.
    await releasePieces(deps, pieces).catch(() => {})
    if (isFault(error, 'account_deleted')) return settleGone(deps, taken)
    if (isFault(error, 'account_unknown')) return settleNobody(deps, taken)
    throw error
  }
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
    const isSecond = !isMine || (await isPaidToAnother(deps, holder, named))
    return isSecond ? 'voucher_already_accepted' : undefined
  }
  if (!isFirst(await readAwaited(deps.db, holder), named)) return 'voucher_already_accepted'
  // The holder's phone may know better than a restored backup: it is heard first. An older shop would not ask again before its next version.
  const isHeld = merchant.sender.knowsWaiting && (await deps.recovery.isHeld(holder))
  if (isHeld && (await mayWait(deps, acceptance))) return 'waiting'
  const voucher = writing.ledger.vouchers[voucherId]
  const { till } = merchant.sender
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

/** A voucher that was refused when it was asked for again, but is signed, is one that a restored backup has forgotten. */
async function whyNotOpen(deps: Deps, holder: AccountId, voucherId: VoucherId): Promise<RefusalCode> {
  const returned = `voucher.return:${voucherId}`
  const known = await readKnown(deps.db, holder, [voucherId, returned])
  if (known.has(returned)) return 'voucher_late'
  return known.get(voucherId)?.outcome === 'accepted' ? 'voucher_ended' : 'voucher_unknown'
}
