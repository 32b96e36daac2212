/** How each kind of request is decided; and one that only a newer build knows. Apart from the rest of the rules: the exchange decides nothing. */
import type { CommandKind } from '../ledger/command.ts'
import type { Decision } from '../ledger/decision.ts'
import { needsOfAct } from './act-about.ts'
import { decideAppeal } from './activity-appeal.ts'
import { decideActivity, needsOfActivity } from './activity-decision.ts'
import { decideWithdrawal } from './activity-withdraw.ts'
import { decideConsent } from './consent-give.ts'
import { decideConsentEnd } from './consent-withdraw.ts'
import { decideEntry } from './draw-enter.ts'
import { decideLeaving } from './draw-leave.ts'
import { decideCheckIn } from './event-check-in.ts'
import { decideInvitation } from './helper-invite.ts'
import { decideRevocation } from './helper-revoke.ts'
import { type DecisionRules, noDays } from './kind.ts'
import { decideBooking } from './pickup-book.ts'
import { decidePickupCancel } from './pickup-cancel.ts'
import { decideJoining } from './planting-join.ts'
import { decidePlantingLeave } from './planting-leave.ts'
import { decideAnswer } from './quiz-answer.ts'
import { decideVoice } from './voices.ts'
import { decideAcceptance } from './voucher-accept.ts'
import { decideCancel } from './voucher-cancel.ts'
import { decideDispute } from './voucher-dispute.ts'
import { decideRedemption } from './voucher-redeem.ts'
import { decideRefund } from './voucher-refund.ts'

const DECISIONS: { readonly [Each in CommandKind]: DecisionRules<Each> } = {
  'activity.record': { decide: decideActivity, needs: needsOfActivity },
  'activity.withdraw': { decide: decideWithdrawal, needs: ({ body }) => needsOfAct(body.activityId) },
  'activity.appeal': { decide: decideAppeal, needs: ({ body }) => needsOfAct(body.activityId) },
  'voucher.redeem': { decide: decideRedemption, needs: noDays },
  'voucher.cancel': { decide: decideCancel, needs: noDays },
  'voucher.accept': { decide: decideAcceptance, needs: noDays },
  'voucher.refund': { decide: decideRefund, needs: noDays },
  'voucher.dispute': { decide: decideDispute, needs: noDays },
  'quiz.answer': { decide: decideAnswer, needs: noDays },
  'event.check-in': { decide: decideCheckIn, needs: noDays },
  'feedback.send': { decide: decideVoice, needs: noDays },
  'case.nominate': { decide: decideVoice, needs: noDays },
  'pickup.book': { decide: decideBooking, needs: noDays },
  'pickup.cancel': { decide: decidePickupCancel, needs: noDays },
  'planting.join': { decide: decideJoining, needs: noDays },
  'planting.leave': { decide: decidePlantingLeave, needs: noDays },
  'consent.give': { decide: decideConsent, needs: noDays },
  'consent.withdraw': { decide: decideConsentEnd, needs: noDays },
  'helper.invite': { decide: decideInvitation, needs: noDays },
  'helper.revoke': { decide: decideRevocation, needs: noDays },
  'draw.enter': { decide: decideEntry, needs: noDays },
  'draw.leave': { decide: decideLeaving, needs: noDays },
}

/** In an outbox that an older build opens: what becomes of it is for the backend to say. */
const UNKNOWN = {
  decide: (): Decision => ({ outcome: 'review', reasons: [], transfers: [] }),
  needs: noDays,
}

export function decisionOf<Each extends CommandKind>(kind: Each): DecisionRules<Each> {
  return Object.hasOwn(DECISIONS, kind) ? DECISIONS[kind] : UNKNOWN
}
