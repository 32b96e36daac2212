/** The icon of an entry: that of its act, or of what else the record is. */
import type { Component } from 'vue'
import IconReturned from '~icons/ph/arrow-u-up-left'
import IconEvent from '~icons/ph/calendar-check'
import IconExpired from '~icons/ph/calendar-x'
import IconAppeal from '~icons/ph/chat-circle-text'
import IconUsed from '~icons/ph/check-circle'
import IconReview from '~icons/ph/magnifying-glass'
import IconCase from '~icons/ph/medal'
import IconVoice from '~icons/ph/megaphone-simple'
import IconQuiz from '~icons/ph/question'
import IconOther from '~icons/ph/receipt'
import IconVoucher from '~icons/ph/ticket'
import { activityIcon } from '../activity/activity-icons.ts'

const icons: Readonly<Record<string, Component>> = {
  'voucher.redeem': IconVoucher,
  'voucher.cancel': IconReturned,
  'voucher.return': IconReturned,
  'voucher.expire': IconExpired,
  'voucher.settle': IconUsed,
  'voucher.accept': IconUsed,
  'activity.withdraw': IconReturned,
  'activity.appeal': IconAppeal,
  'review.decide': IconReview,
  'lot.expire': IconExpired,
  'quiz.answer': IconQuiz,
  'event.check-in': IconEvent,
  'feedback.send': IconVoice,
  'case.nominate': IconCase,
  'voice.answer': IconVoice,
  'account.open': IconOther,
}

/** @param key an activity's code, or the kind of a record. Kinds have a dot in them, codes have none. */
export function entryIcon(key: string): Component {
  return key.includes('.') ? (icons[key] ?? IconOther) : activityIcon(key)
}
