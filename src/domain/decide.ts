/**
 * The decision on one command: transfers, or a reason. The backend runs it to make truth; the app runs the very same to preview it.
 * An activity is never refused for its numbers: it is recorded, and its assessment says so.
 */
import type { Command, CommandOf } from './command.ts'
import { type Decision, refuse, type World } from './decision.ts'
import { earn, takeBack } from './earnings.ts'
import type { ActivityId } from './ids.ts'
import { findActivity, type Ledger, type PostedActivity } from './ledger.ts'
import { usageOf } from './ledger-usage.ts'
import { takeOldestFirst } from './lot.ts'
import { assess } from './methodology/assess.ts'
import { decideAnswer, decideCheckIn, decideVoice } from './participation.ts'
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
  const { pack, now, findings = [], shiftMs = 0 } = world
  const usage = usageOf(ledger)
  const assessment = assess(command.body, { usage, pack, now, shiftMs, findings })
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
