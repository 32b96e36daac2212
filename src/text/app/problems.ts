/** Every way in which the exchange with the backend can fail, in words: what it means, that nothing is lost, what to do. */
import type { TransportProblem } from '../../sync/transport.ts'
import { defineText } from '../define-text.ts'

interface ProblemWords {
  readonly title: string
  readonly text: string
}

const zh = {
  offline: { title: '没有连上网络', text: '记录都在手机上，联网后会自动继续。' },
  unreadable: {
    title: '回答的不是绿迹',
    text: '这个网络可能要先登录（酒店、车站的无线网常这样）。打开浏览器登录网络，或换一个网络。',
  },
  malformed: { title: '服务器没看懂这次请求', text: '多半是版本不一致。更新应用后再试，填过的内容都在。' },
  not_signed_in: { title: '登录已过期', text: '重新登录后会接着同步，手机上的记录都在。' },
  origin_refused: {
    title: '服务器不认这个网址',
    text: '请从绿迹的正式网址打开再试。若有疑问，可打 12345 核实。',
  },
  not_found: { title: '服务器没有这项内容', text: '这项内容可能已经撤下。返回上一页再看看。' },
  code_wrong: { title: '验证码不对', text: '请对照短信再看一遍，六位数字都要一致。' },
  helper_revoked: {
    title: '已经不能替 TA 记了',
    text: '对方取消了代记。没送到的还留在这部手机上，可以抄下来。',
  },
  till_revoked: { title: '这台收银台已被移除', text: '没送到的核销不再入账。要继续用，请店长再给一个码。' },
  manager_only: { title: '要店长的设备', text: '这台是收银台。请在店长的设备上做。' },
  merchant_suspended: { title: '商户已暂停', text: '没送到的核销还在这台设备上。请联系平台。' },
  proof_refused: { title: '没认出这台设备', text: '请再试一次；不行就请店长再给一个码。' },
  clock_off: { title: '设备时间不对', text: '请打开系统的自动对时，再试一次。' },
  not_allowed: { title: '代记不能做这件事', text: '代记只能记、只能撤回自己记的。' },
  step_up_needed: { title: '要再验证一次', text: '这一步要用通行密钥再确认一次。' },
  passkey_refused: { title: '这把通行密钥不能用', text: '换一把，或用恢复码登录。' },
  already_decided: { title: '已经有结论了', text: '别人先处理了，或已经过期。刷新看看现在的情况。' },
  code_expired: { title: '验证码用过或过期了', text: '再要一条新的就行，手机号不用重填。' },
  phone_resting: {
    title: '这个号码刚注销过账户',
    text: '注销后 90 天内，同一个号码不能再开账户，免得同一个人重复领。不登录也可以先记着。',
  },
  account_deleted: {
    title: '这个账户已经注销',
    text: '手机上的这份还留着，可以导出。90 天后可以用同一个手机号开新账户。',
  },
  timed_out: { title: '网络太慢，没传完', text: '过一会儿会自动再传，也可以现在再试一次。' },
  too_large: { title: '一次发得太多', text: '绿迹会分小批再发，不用做什么。' },
  too_many_requests: { title: '请求太频繁了', text: '请稍等一会儿再试，填过的内容都在。' },
  busy: { title: '服务器正忙', text: '过一会儿会自动再试，也可以现在再试一次。' },
  internal: { title: '服务器出了错', text: '不是你的问题，记录都在手机上。过一会儿再试。' },
} as const satisfies Record<TransportProblem, ProblemWords>

const en: { readonly [Code in TransportProblem]: ProblemWords } = {
  offline: {
    title: 'No network',
    text: 'Everything is on your phone; syncing goes on by itself once online.',
  },
  unreadable: {
    title: 'The answer was not from Greentrace',
    text: 'This network may want you to sign in first, as in hotels and stations. Do so in the browser, or use another network.',
  },
  malformed: {
    title: 'The server did not understand this request',
    text: 'Most likely the versions differ. Update the app and try again; what you typed is still here.',
  },
  not_signed_in: {
    title: 'You are no longer signed in',
    text: 'Sign in again and syncing goes on. The records on this phone are safe.',
  },
  origin_refused: {
    title: 'The server does not accept this address',
    text: 'Open Greentrace from its proper address. If in doubt, call 12345.',
  },
  not_found: {
    title: 'The server does not have this',
    text: 'It may have been removed. Go back and look again.',
  },
  code_wrong: {
    title: 'The code is not right',
    text: 'Compare it with the message: all six digits must match.',
  },
  helper_revoked: {
    title: 'You can no longer log for them',
    text: 'They have ended it. What was not sent is still on this phone, for you to copy.',
  },
  till_revoked: {
    title: 'This till was removed',
    text: 'What it had not sent is not paid. To go on, ask the manager for another code.',
  },
  manager_only: { title: 'For the manager', text: 'This device is a till. Use the manager’s.' },
  merchant_suspended: {
    title: 'The merchant is suspended',
    text: 'What was not sent is still on this device. Please contact the operator.',
  },
  proof_refused: {
    title: 'This device was not recognised',
    text: 'Try again; else ask the manager for another code.',
  },
  clock_off: { title: 'The clock is wrong', text: 'Let the device set its time by itself, then try again.' },
  not_allowed: {
    title: 'A helper cannot do this',
    text: 'Helpers log, and take back what they logged themselves.',
  },
  step_up_needed: { title: 'Confirm once more', text: 'This step needs your passkey again.' },
  passkey_refused: {
    title: 'This passkey does not work',
    text: 'Use another one, or sign in by a recovery code.',
  },
  already_decided: {
    title: 'This has been decided',
    text: 'Somebody else was first, or it has ended. Reload to see how it stands.',
  },
  code_expired: {
    title: 'The code was used or has expired',
    text: 'Ask for a new one; your number stays filled in.',
  },
  phone_resting: {
    title: 'This number’s account was deleted recently',
    text: 'For 90 days the same number cannot open another account, so that nobody is rewarded twice. You can go on without signing in.',
  },
  account_deleted: {
    title: 'This account was deleted',
    text: 'The copy on this phone is kept and can be exported. After 90 days the same number can open a new account.',
  },
  timed_out: {
    title: 'The network was too slow',
    text: 'It did not get through in time. It is sent again by itself; you can also try now.',
  },
  too_large: {
    title: 'Too much at once',
    text: 'Greentrace sends it again in smaller parts. You need not do anything.',
  },
  too_many_requests: {
    title: 'Too many requests',
    text: 'Please wait a little and try again. What you typed is still here.',
  },
  busy: { title: 'The server is busy', text: 'Greentrace tries again by itself; you can also try now.' },
  internal: {
    title: 'The server made an error',
    text: 'It is not your fault, and everything is on your phone. Try again later.',
  },
}

/** Nobody counts in minutes from there on. */
const HOURS_FROM_MIN = 90

export const problemText = defineText(
  {
    problems: zh,
    /** `offline` while the browser has a network. */
    unanswered: { title: '服务器没有回应', text: '记录都在手机上，过一会儿会自动再试。' },
    /** Beside what somebody asked for themselves: nothing asks again for them. */
    askAgain: {
      offline: '连上网络后再点一次，填过的都在。',
      unanswered: '过一会儿再点一次，填过的都在。',
      timed_out: '网络好一些时再点一次，填过的都在。',
      busy: '过一会儿再点一次，填过的都在。',
    },
    wait: (minutes: number, seconds: number) =>
      minutes >= HOURS_FROM_MIN
        ? `大约 ${Math.ceil(minutes / 60)} 小时后可以再试。`
        : minutes > 0
          ? `大约 ${minutes} 分钟后可以再试。`
          : `${seconds} 秒后可以再试。`,
  },
  {
    problems: en,
    unanswered: {
      title: 'The server does not answer',
      text: 'Everything is on your phone. Greentrace tries again by itself in a little while.',
    },
    askAgain: {
      offline: 'Tap again once you are online; what you typed is still here.',
      unanswered: 'Tap again in a little while; what you typed is still here.',
      timed_out: 'Tap again where the network is better; what you typed is still here.',
      busy: 'Tap again in a little while; what you typed is still here.',
    },
    wait: (minutes: number, seconds: number) =>
      minutes >= HOURS_FROM_MIN
        ? `You can try again in about ${Math.ceil(minutes / 60)} hours.`
        : minutes > 0
          ? `You can try again in about ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
          : `You can try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  },
)

export type ProblemKey = keyof (typeof problemText)['zh-CN']['problems']

export interface Problem {
  readonly code: ProblemKey
  readonly retryAfterMs: number | undefined
}

/** A SyncProblem knows its code; anything else that was thrown is an error of our own. */
export function problemOf(error: unknown): Problem {
  const { code, retryAfterMs } = (error ?? {}) as { code?: unknown; retryAfterMs?: unknown }
  const known = (Object.keys(zh) as ProblemKey[]).find((key) => key === code)
  return {
    code: known ?? 'internal',
    retryAfterMs: known && typeof retryAfterMs === 'number' ? retryAfterMs : undefined,
  }
}
