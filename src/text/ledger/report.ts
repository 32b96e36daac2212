/** A record that a provider reported: what it said, whether its signature holds, and which other records are one with it. */
import { defineText } from '../define-text.ts'

export const reportText = defineText(
  {
    title: '服务方的上报',
    provider: '服务方',
    reference: '对方的单号',
    signedAt: '签名时间',
    check: {
      good: '签名对得上，上报的内容和账上的一样。在这部手机上查的，不用网络',
      bad: '签名对不上。数以账本为准，请到反馈里告诉我们',
      differs: '签名对得上，但上报的内容和账上的不一样。请到反馈里告诉我们',
      absent: '这部手机上还没有这家的公钥，连上网再看',
    },
    checkWords: { good: '通过：', bad: '没通过：', absent: '没有查：' },
    mergedInto: (what: string) => `并入 ${what}`,
    mergedText: '同一趟只计一次，以更可靠的那一条为准。要撤回或申请复核，请到那一条。',
    open: '看那一条',
    parts: '并入这一条的',
    displaced: '和这一条时间冲突、不再计入的',
  },
  {
    title: 'The provider’s report',
    provider: 'Provider',
    reference: 'Its own number',
    signedAt: 'Signed',
    check: {
      good: 'The signature holds, and the record says what the report said. Checked on this phone, without a network',
      bad: 'The signature does not hold. The ledger counts; please tell us in a feedback',
      differs: 'The signature holds, but the record says something else. Please tell us in a feedback',
      absent: 'This provider’s key is not on this phone yet: look again once online',
    },
    checkWords: { good: 'Passed: ', bad: 'Failed: ', absent: 'Not checked: ' },
    mergedInto: (what: string) => `Part of ${what}`,
    mergedText: 'One trip counts once, by the better evidence. Withdraw or appeal that record.',
    open: 'See that record',
    parts: 'Part of this record',
    displaced: 'At the same time as this record, and counted no more',
  },
)
