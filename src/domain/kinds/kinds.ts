/** All kinds of records, each with its rules; and what is done with one that only a newer build knows. */
import type { CommandKind } from '../ledger/command.ts'
import type { Kind, StepKind } from '../ledger/record.ts'
import { accountOpen } from './account-open.ts'
import { activityAppeal } from './activity-appeal.ts'
import { activityCorrect } from './activity-correct.ts'
import { activityRecord } from './activity-record.ts'
import { activityReport } from './activity-report.ts'
import { activityWithdraw } from './activity-withdraw.ts'
import { caseNominate } from './case-nominate.ts'
import { consentGive } from './consent-give.ts'
import { consentWithdraw } from './consent-withdraw.ts'
import { disputeDecide } from './dispute-decide.ts'
import { donationReceive } from './donation-receive.ts'
import { drawEnter } from './draw-enter.ts'
import { drawLeave } from './draw-leave.ts'
import { drawLost } from './draw-lost.ts'
import { drawWon } from './draw-won.ts'
import { eventCheckIn } from './event-check-in.ts'
import { feedbackSend } from './feedback-send.ts'
import { helperInvite } from './helper-invite.ts'
import { helperRevoke } from './helper-revoke.ts'
import { type CommandRules, noDays, postNothing, type StepRules } from './kind.ts'
import { lotExpire } from './lot-expire.ts'
import { payoutReceive, payoutSend } from './payout.ts'
import { pickupBook } from './pickup-book.ts'
import { pickupCancel } from './pickup-cancel.ts'
import { pickupUpdate } from './pickup-update.ts'
import { plantingJoin } from './planting-join.ts'
import { plantingLeave } from './planting-leave.ts'
import { plantingUpdate } from './planting-update.ts'
import { quizAnswer } from './quiz-answer.ts'
import { reviewDecide } from './review-decide.ts'
import { statementClose } from './statement-close.ts'
import { voiceAnswer } from './voice-answer.ts'
import { voucherAccept } from './voucher-accept.ts'
import { voucherCancel } from './voucher-cancel.ts'
import { voucherDispute } from './voucher-dispute.ts'
import { voucherExpire } from './voucher-expire.ts'
import { voucherRedeem } from './voucher-redeem.ts'
import { voucherRefund } from './voucher-refund.ts'
import { voucherRefunded } from './voucher-refunded.ts'
import { voucherReturn } from './voucher-return.ts'
import { voucherSettle } from './voucher-settle.ts'

const KINDS = {
  'account.open': accountOpen,
  'activity.record': activityRecord,
  'activity.withdraw': activityWithdraw,
  'activity.appeal': activityAppeal,
  'activity.report': activityReport,
  'activity.correct': activityCorrect,
  'review.decide': reviewDecide,
  'voucher.redeem': voucherRedeem,
  'voucher.cancel': voucherCancel,
  'voucher.expire': voucherExpire,
  'voucher.return': voucherReturn,
  'voucher.settle': voucherSettle,
  'voucher.accept': voucherAccept,
  'voucher.refund': voucherRefund,
  'voucher.refunded': voucherRefunded,
  'voucher.dispute': voucherDispute,
  'dispute.decide': disputeDecide,
  'donation.receive': donationReceive,
  'statement.close': statementClose,
  'payout.send': payoutSend,
  'payout.receive': payoutReceive,
  'lot.expire': lotExpire,
  'quiz.answer': quizAnswer,
  'event.check-in': eventCheckIn,
  'feedback.send': feedbackSend,
  'case.nominate': caseNominate,
  'consent.give': consentGive,
  'consent.withdraw': consentWithdraw,
  'helper.invite': helperInvite,
  'helper.revoke': helperRevoke,
  'voice.answer': voiceAnswer,
  'pickup.book': pickupBook,
  'pickup.cancel': pickupCancel,
  'pickup.update': pickupUpdate,
  'planting.join': plantingJoin,
  'planting.leave': plantingLeave,
  'planting.update': plantingUpdate,
  'draw.enter': drawEnter,
  'draw.leave': drawLeave,
  'draw.won': drawWon,
  'draw.lost': drawLost,
} satisfies Readonly<Record<CommandKind, CommandRules> & Record<StepKind, StepRules>>

/** Of a newer backend: its transfers are all that this build knows of it. */
const UNKNOWN: Rules = { post: postNothing, needs: noDays }

type Rules = StepRules & Partial<CommandRules>

/** @param kind as a text says it, which a newer build may have written. */
export function rulesOf(kind: string): Rules {
  return isKind(kind) ? KINDS[kind] : UNKNOWN
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(KINDS, kind)
}
