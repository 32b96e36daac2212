/** How each kind of request is decided; and one that only a newer build knows. Apart from the rest of the rules: the exchange decides nothing. */
import type { CommandKind } from '../ledger/command.ts'
import type { Decision } from '../ledger/decision.ts'
import { decideAppeal } from './activity-appeal.ts'
import { decideActivity } from './activity-decision.ts'
import { decideWithdrawal } from './activity-withdraw.ts'
import { decideCheckIn } from './event-check-in.ts'
import type { Decide } from './kind.ts'
import { decideAnswer } from './quiz-answer.ts'
import { decideVoice } from './voices.ts'
import { decideAcceptance } from './voucher-accept.ts'
import { decideCancel } from './voucher-cancel.ts'
import { decideRedemption } from './voucher-redeem.ts'

const DECISIONS: { readonly [Each in CommandKind]: Decide<Each> } = {
  'activity.record': decideActivity,
  'activity.withdraw': decideWithdrawal,
  'activity.appeal': decideAppeal,
  'voucher.redeem': decideRedemption,
  'voucher.cancel': decideCancel,
  'voucher.accept': decideAcceptance,
  'quiz.answer': decideAnswer,
  'event.check-in': decideCheckIn,
  'feedback.send': decideVoice,
  'case.nominate': decideVoice,
}

/** In an outbox that an older build opens: what becomes of it is for the backend to say. */
const decideUnknown = (): Decision => ({ outcome: 'review', reasons: [], transfers: [] })

export function decisionOf<Each extends CommandKind>(kind: Each): Decide<Each> {
  return Object.hasOwn(DECISIONS, kind) ? DECISIONS[kind] : decideUnknown
}
