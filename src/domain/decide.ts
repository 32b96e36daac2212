/**
 * The decision on one command: transfers, or a reason. The backend runs it to make truth; the app runs the very same to preview it.
 * An activity is never refused for its numbers: it is recorded, and its assessment says so.
 */
import type { Command, CommandOf } from './command.ts'
import type { ActivityId, OfferId } from './ids.ts'
import { findActivity, type Ledger, type PostedActivity } from './ledger.ts'
import { usageOf } from './ledger-usage.ts'
import { takeOldestFirst } from './lot.ts'
import { type Assessment, assess } from './methodology/assess.ts'
import type { Pack } from './methodology/pack.ts'
import type { Offer } from './offer.ts'
import type { Reason, RefusalCode } from './reason.ts'
import type { Outcome } from './record.ts'
import { type Instant, monthOf } from './time.ts'
import { balanceOf, type Transfer } from './transfer.ts'
import type { Grams, Points } from './units.ts'
import { OPEN_VOUCHERS_MAX, voucherExpiry } from './voucher.ts'

/** What a decision needs to know beside the account. */
export interface World {
  readonly now: Instant
  readonly pack: Pack
  readonly offer: (id: OfferId) => Offer | undefined
  /** Why nothing of the offer can be had, if so. */
  readonly stock?: (id: OfferId) => 'offer_sold_out' | 'offer_budget_spent' | undefined
  /** What only the backend can see: the same track on another account, a clock that is off. */
  readonly findings?: readonly Reason[]
  /** The device's clock minus the backend's: how old an act is, is judged by the clock that timed it. */
  readonly clockOffsetMs?: number
}

export interface Decision {
  readonly outcome: Outcome
  readonly reasons: readonly Reason[]
  readonly transfers: readonly Transfer[]
  readonly assessment?: Assessment
  readonly voucher?: VoucherTerms
  /** The activity or voucher that the command is about. */
  readonly about?: string
}

export interface VoucherTerms {
  readonly offerId: OfferId
  readonly offerVersion: number
  readonly pricePoints: Points
  readonly merchantId: Offer['merchantId']
  readonly expiresAt: Instant
  readonly offer: Offer
}

export function decide(command: Command, ledger: Ledger, world: World): Decision {
  switch (command.kind) {
    case 'activity.record':
      return decideActivity(command, ledger, world)
    case 'activity.withdraw':
      return decideWithdrawal(command, ledger)
    case 'activity.appeal':
      return decideAppeal(command, ledger)
    case 'voucher.redeem':
      return decideRedemption(command, ledger, world)
    case 'voucher.cancel':
      return decideCancel(command, ledger)
    case 'voucher.accept':
      return refuse('kind_not_for_account') // merchants' journals are decided by the settlement, which sees both sides
  }
}

export function refuse(code: RefusalCode, numbers?: Record<string, number>): Decision {
  return { outcome: 'refused', reasons: [numbers ? { code, numbers } : { code }], transfers: [] }
}

function decideActivity(command: CommandOf<'activity.record'>, ledger: Ledger, world: World): Decision {
  const { pack, now, findings = [], clockOffsetMs = 0 } = world
  const usage = usageOf(ledger)
  const assessment = assess(command.body, { usage, pack, now: now + clockOffsetMs, findings })
  const isPosted = assessment.verdict === 'accepted' || assessment.verdict === 'adjusted'
  return {
    outcome: assessment.verdict,
    reasons: assessment.reasons,
    transfers: isPosted
      ? earn(ledger, { grams: assessment.rewardGrams, points: assessment.points, now })
      : [],
    assessment,
  }
}

/** Points go to a debt first, then to the lot of the month in which they are posted. */
export function earn(ledger: Ledger, earned: { grams: Grams; points: Points; now: Instant }): Transfer[] {
  const transfers: Transfer[] = []
  const repaid = Math.min(-balanceOf(ledger.balances, 'points', 'owed'), earned.points)
  const kept = earned.points - repaid
  if (earned.grams > 0)
    transfers.push({ asset: 'grams', debit: 'issuance', credit: 'available', amount: earned.grams })
  if (repaid > 0) transfers.push({ asset: 'points', debit: 'issuance', credit: 'owed', amount: repaid })
  if (kept > 0)
    transfers.push({
      asset: 'points',
      debit: 'issuance',
      credit: 'available',
      amount: kept,
      lot: monthOf(earned.now),
    })
  return transfers
}

/** The reverse of `earn`: what was spent in the meantime becomes a debt, repaid from the next earnings. */
export function takeBack(ledger: Ledger, earned: { grams: Grams; points: Points }): Transfer[] {
  const fromAvailable = Math.min(balanceOf(ledger.balances, 'points', 'available'), earned.points)
  const owed = earned.points - fromAvailable
  const transfers: Transfer[] = takeOldestFirst(ledger.lots, fromAvailable).map(({ month, points }) => ({
    asset: 'points',
    debit: 'available',
    credit: 'issuance',
    amount: points,
    lot: month,
  }))
  if (owed > 0) transfers.push({ asset: 'points', debit: 'owed', credit: 'issuance', amount: owed })
  if (earned.grams > 0)
    transfers.push({ asset: 'grams', debit: 'available', credit: 'issuance', amount: earned.grams })
  return transfers
}

function decideWithdrawal(command: CommandOf<'activity.withdraw'>, ledger: Ledger): Decision {
  const activity = findActivity(ledger, command.body.activityId)
  if (!activity) return refuse('activity_unknown')
  if (activity.outcome === 'withdrawn') return refuse('activity_withdrawn')
  return { outcome: 'accepted', reasons: [], transfers: takeBack(ledger, activity), about: activity.id }
}

function decideAppeal(command: CommandOf<'activity.appeal'>, ledger: Ledger): Decision {
  const activity: PostedActivity | undefined = findActivity(ledger, command.body.activityId as ActivityId)
  if (!activity) return refuse('activity_unknown')
  if (activity.outcome === 'withdrawn') return refuse('activity_withdrawn')
  if (activity.appealed) return refuse('appeal_exists')
  if (activity.outcome === 'accepted') return refuse('appeal_pointless')
  return { outcome: 'review', reasons: [{ code: 'appealed' }], transfers: [], about: activity.id }
}

function decideRedemption(command: CommandOf<'voucher.redeem'>, ledger: Ledger, world: World): Decision {
  const { offerId, offerVersion, pricePoints } = command.body
  const offer = world.offer(offerId)
  if (!offer) return refuse('offer_unknown')
  if (world.now >= offer.endsAt) return refuse('offer_ended')
  if (offer.version !== offerVersion || offer.pricePoints !== pricePoints) {
    return refuse('price_changed', { price: offer.pricePoints })
  }
  if ((ledger.bought[offerId] ?? 0) >= offer.perPersonMax)
    return refuse('person_limit', { limit: offer.perPersonMax })
  if (Object.keys(ledger.vouchers).length >= OPEN_VOUCHERS_MAX)
    return refuse('too_many_vouchers', { limit: OPEN_VOUCHERS_MAX })
  const available = balanceOf(ledger.balances, 'points', 'available')
  if (available < pricePoints) return refuse('points_not_enough', { available, price: pricePoints })
  const shortage = world.stock?.(offerId)
  if (shortage) return refuse(shortage)
  const credit = offer.category === 'donation' ? 'merchant' : 'held'
  return {
    outcome: 'accepted',
    reasons: [],
    transfers: takeOldestFirst(ledger.lots, pricePoints).map(({ month, points }) => ({
      asset: 'points',
      debit: 'available',
      credit,
      amount: points,
      lot: month,
    })),
    voucher: {
      offerId,
      offerVersion,
      pricePoints,
      merchantId: offer.merchantId,
      expiresAt: voucherExpiry(offer, world.now),
      offer,
    },
  }
}

function decideCancel(command: CommandOf<'voucher.cancel'>, ledger: Ledger): Decision {
  const voucher = ledger.vouchers[command.body.voucherId]
  if (!voucher) return refuse('voucher_unknown')
  if (voucher.returnsAt !== undefined) return refuse('voucher_ended')
  return { outcome: 'accepted', reasons: [], transfers: [], about: command.body.voucherId }
}
