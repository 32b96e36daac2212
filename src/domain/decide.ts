/**
 * The decision on one command: transfers, or a reason. The backend runs it to make truth; the app runs the very same to preview it.
 * An activity is never refused for its numbers: it is recorded, and its assessment says so.
 */
import { CLOCK_DOUBT_MAX_MS, type MadeAt, madeAt } from './clock.ts'
import type { Command, CommandOf } from './command.ts'
import { type Decision, exchangeOf, refuse, type World } from './decision.ts'
import { earn, takeBack } from './earnings.ts'
import type { ActivityId } from './ids.ts'
import { findActivity, type Ledger, type PostedActivity } from './ledger.ts'
import { usageOf } from './ledger-usage.ts'
import { takeOldestFirst } from './lot.ts'
import { assess } from './methodology/assess.ts'
import { shiftClaim, timesOf } from './methodology/corrected-times.ts'
import { decideAnswer, decideCheckIn, decideVoice } from './participation.ts'
import type { Reason } from './reason.ts'
import { MINUTE_MS } from './time.ts'
import { balanceOf } from './transfer.ts'
import { OPEN_VOUCHERS_MAX, voucherExpiry } from './voucher.ts'

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
    case 'quiz.answer':
      return decideAnswer(command, ledger, world)
    case 'event.check-in':
      return decideCheckIn(command, ledger, world)
    case 'feedback.send':
    case 'case.nominate':
      return decideVoice(ledger)
    case 'voucher.accept':
      return refuse('kind_not_for_account') // merchants' journals are decided by the settlement, which sees both sides
  }
}

function decideActivity(command: CommandOf<'activity.record'>, ledger: Ledger, world: World): Decision {
  const { pack, now } = world
  const made = madeAt(command, exchangeOf(world))
  const claim = isTimedByClock(command)
    ? shiftClaim(command.body, shiftFor(command, made, world), pack)
    : command.body
  const findings = [
    ...(isTimedByClock(command) ? clockFindings(made.doubtMs) : []),
    ...(world.findings ?? []),
  ]
  const judged = assess(claim, { usage: usageOf(ledger), pack, now, findings })
  const assessment = claim === command.body ? judged : { ...judged, ...timesOf(claim, undefined) }
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

/** A file's times come from its receiver. */
function isTimedByClock({ body }: CommandOf<'activity.record'>): boolean {
  return body.evidence.trust === 'manual' || body.evidence.trust === 'gps'
}

/**
 * Older builds give no reading, and took the times from a clock that they had corrected by the last exchange: they are moved only where they
 * could not be true otherwise.
 */
function shiftFor({ body, clock }: CommandOf<'activity.record'>, made: MadeAt, { now }: World): number {
  const isAhead = (body.endedAt ?? body.startedAt) > now
  return clock !== undefined || isAhead || made.doubtMs > CLOCK_DOUBT_MAX_MS ? made.shiftMs : 0
}

/** Which day an act belongs to is for a person to say when its clock leaves more than a day open. */
function clockFindings(doubtMs: number): Reason[] {
  if (doubtMs <= CLOCK_DOUBT_MAX_MS) return []
  return [{ code: 'clock_implausible', numbers: { given: Math.round(doubtMs / MINUTE_MS) } }]
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
