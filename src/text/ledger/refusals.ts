/** Why something that was asked for was not granted: one plain sentence for each code, and what to do. A code without a sentence does not compile. */
import type { RefusalCode } from '../../domain/base/reason.ts'
import { defineText } from '../define-text.ts'
import { formatFen, formatPoints } from '../format.ts'

type RefusalSentence = (numbers?: Readonly<Record<string, number>>) => string
type Sentences = Readonly<Record<RefusalCode, RefusalSentence>>

const zh: Sentences = {
  activity_unknown: () => '账本里找不到这条记录，或者时间太久，已经不能改',
  activity_withdrawn: () => '这条记录已经撤回过了',
  activity_merged: () => '这条已经并入更可靠的那一条，请到那一条去撤回或申请复核',
  appeal_exists: () => '这条记录已经申请过复核，每条只能申请一次',
  appeal_pointless: () => '这条记录已全额计入，不需要复核',
  offer_unknown: () => '这一项已经下架',
  offer_ended: () => '这一项已经结束',
  offer_sold_out: () => '已经换完了，积分没有扣',
  offer_budget_spent: () => '商家的预算用完了，积分没有扣',
  price_changed: (n) =>
    `价格变了，现在要 ${formatPoints(n?.price ?? 0, 'zh-CN')} 分。积分没有扣，看清新价格再换`,
  person_limit: (n) => `每人最多换 ${n?.limit ?? 0} 份，你已经换满`,
  points_not_enough: (n) =>
    `可用积分不够：要 ${formatPoints(n?.price ?? 0, 'zh-CN')} 分，当时有 ${formatPoints(n?.available ?? 0, 'zh-CN')} 分`,
  week_value_limit: (n) =>
    `每人每周最多换 ${formatFen(n?.limit ?? 0, 'zh-CN')}，当时已换 ${formatFen(n?.used ?? 0, 'zh-CN')}。下周一再来`,
  year_value_limit: (n) =>
    `每人每年最多换 ${formatFen(n?.limit ?? 0, 'zh-CN')}，当时已换 ${formatFen(n?.used ?? 0, 'zh-CN')}`,
  draw_only: () => '这一项是抽取的，不能直接兑换。请到它的页面参加抽取',
  draw_not_open: () => '不在抽取的报名时间里，积分没有动',
  draw_entered: () => '这次抽取你已经参加，一人一次',
  draw_full: (n) => `报名的人满了（${n?.limit ?? 0} 份），积分没有扣`,
  entry_unknown: () => '账本里没有这次报名，或者已经抽完',
  too_many_vouchers: (n) => `手里最多同时有 ${n?.limit ?? 0} 张没用的券，用掉或退回一张再换`,
  voucher_unknown: () => '账本里没有这张券',
  voucher_ended: () => '这张券已经用过、退回或过期',
  voucher_already_accepted: () => '这张券已经被别的店先核销了',
  voucher_not_yours: () => '这张券不是本店的',
  voucher_forged: () => '这张券的签名不对',
  voucher_late: () => '核销得太晚：券已过期，结算时间也过了',
  question_unknown: () => '题库里没有这道题',
  question_answered: () => '这道题已经答过，以第一次的回答为准',
  event_unknown: () => '没有这场活动，或者它不用签到',
  event_withdrawn: () => '这场活动已被主办方取消，不能再签到',
  event_code_wrong: () => '签到码不对，请看现场的牌子再输一次',
  event_code_tries: (n) => `今天已经输错 ${n?.limit ?? 0} 次签到码，请明天再试`,
  event_not_on: () => '签到不在活动的日子里',
  event_attended: () => '这场活动已经签到过了',
  event_too_late: (n) => `活动结束超过 ${n?.limit ?? 0} 天才送到，不能再算`,
  too_many_voices: (n) => `你有 ${n?.limit ?? 0} 条还在等答复，等答复几条再写`,
  service_not_linked: () => '还没有关联这家服务，先在“我的服务”里关联，再预约',
  too_many_pickups: (n) => `已经约了 ${n?.limit ?? 0} 次还没上门，等收走一次再约`,
  pickup_window: () => '约的时间不行：要在以后 30 天里，一次不超过 12 小时',
  pickup_over: () => '这次上门已经结束或取消了',
  provider_unknown: () => '这里没有这家服务方',
  consent_unknown: () => '账本里没有这项授权，或者早已结束',
  consent_exists: () => '这项服务已经关联着。要换一个账号，先解除再关联',
  consent_ended: () => '这项授权已经解除过了',
  helper_unknown: () => '没有这位代记人，或者已经取消过了',
  too_many_helpers: (n) => `最多请 ${n?.limit ?? 0} 位家人代记，先取消一位再请`,
  too_many_consents: (n) => `最近的授权已有 ${n?.limit ?? 0} 项（解除不久的也算），过些日子再关联`,
  command_elsewhere: () => '这一条从备份恢复，已经记在另一个账户里，只能算一次',
  kind_not_for_account: () => '这个账户不能做这件事',
}

const en: Sentences = {
  activity_unknown: () => 'The ledger does not have this record, or it is too old to change',
  activity_withdrawn: () => 'This record was withdrawn before',
  activity_merged: () => 'It is part of a record with better evidence: withdraw or appeal that one',
  appeal_exists: () => 'You asked for another look before; each record can be appealed once',
  appeal_pointless: () => 'This record counted in full: there is nothing to appeal',
  offer_unknown: () => 'This offer is no longer there',
  offer_ended: () => 'This offer has ended',
  offer_sold_out: () => 'It is sold out. No points were taken',
  offer_budget_spent: () => 'The sponsor’s budget is spent. No points were taken',
  price_changed: (n) =>
    `The price has changed to ${formatPoints(n?.price ?? 0, 'en')} pts. No points were taken: look at the new price first`,
  person_limit: (n) => `At most ${n?.limit ?? 0} per person, and you have had them`,
  points_not_enough: (n) =>
    `Not enough points: it takes ${formatPoints(n?.price ?? 0, 'en')}, there were ${formatPoints(n?.available ?? 0, 'en')}`,
  week_value_limit: (n) =>
    `At most ${formatFen(n?.limit ?? 0, 'en')} a week per person, and ${formatFen(n?.used ?? 0, 'en')} were had: come back on Monday`,
  year_value_limit: (n) =>
    `At most ${formatFen(n?.limit ?? 0, 'en')} a year per person, and ${formatFen(n?.used ?? 0, 'en')} were had`,
  draw_only: () => 'Its pieces are drawn: enter the draw on its page instead',
  draw_not_open: () => 'The draw cannot be entered or left at this time. No points were moved',
  draw_entered: () => 'You are in this draw already: once is enough',
  draw_full: (n) => `The draw is full (${n?.limit ?? 0} entries). No points were taken`,
  entry_unknown: () => 'The ledger does not have this entry, or its draw is over',
  too_many_vouchers: (n) => `At most ${n?.limit ?? 0} unused vouchers at a time: use or return one first`,
  voucher_unknown: () => 'The ledger does not have this voucher',
  voucher_ended: () => 'This voucher was used, returned or has expired',
  voucher_already_accepted: () => 'Another shop accepted this voucher first',
  voucher_not_yours: () => 'This voucher is not for this shop',
  voucher_forged: () => 'The voucher’s signature does not hold',
  voucher_late: () => 'Too late: the voucher has expired and its settlement time has passed',
  question_unknown: () => 'There is no such question',
  question_answered: () => 'This question was answered before: the first answer stands',
  event_unknown: () => 'There is no such event, or it has no check-in',
  event_withdrawn: () => 'The organiser has called this event off, so you cannot check in any more',
  event_code_wrong: () => 'The code is not right: look at the sign at the event and try again',
  event_code_tries: (n) => `${n?.limit ?? 0} wrong codes today: try again tomorrow`,
  event_not_on: () => 'The check-in was not made on a day of the event',
  event_attended: () => 'You have checked in to this event before',
  event_too_late: (n) =>
    `It arrived more than ${n?.limit ?? 0} days after the event and cannot count any more`,
  too_many_voices: (n) =>
    `${n?.limit ?? 0} of your messages are waiting for an answer: write again when some are answered`,
  service_not_linked: () => 'This service is not linked: link it under “My services” first',
  too_many_pickups: (n) => `${n?.limit ?? 0} pick-ups are booked already: book again when one is done`,
  pickup_window: () => 'Not a time to come: within the next 30 days, and at most 12 hours at once',
  pickup_over: () => 'This pick-up is done or was called off',
  provider_unknown: () => 'There is no such provider',
  consent_unknown: () => 'The ledger does not have this consent, or it ended long ago',
  consent_exists: () => 'This service is linked already. To link another account of it, unlink it first',
  consent_ended: () => 'This consent was ended before',
  helper_unknown: () => 'Nobody of that name logs for you, or not any more',
  too_many_helpers: (n) => `At most ${n?.limit ?? 0} people can log for you: end one first`,
  too_many_consents: (n) =>
    `There are ${n?.limit ?? 0} consents, those ended lately included: link another one in some weeks`,
  command_elsewhere: () => 'This came from a backup and already counts in another account',
  kind_not_for_account: () => 'This account cannot do that',
}

export const refusalText = defineText<Sentences>(zh, en)
