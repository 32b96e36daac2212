/** The words of a used voucher that its holder has something to say against. */
import { defineText } from '../define-text.ts'
import { within } from '../sentences.ts'

export const disputeText = defineText(
  {
    ask: '这不是我用的',
    title: '对这次核销提出异议',
    lead: (day: string) => `不是你用的，或没有拿到东西，${day}前可以提出一次异议。写清楚，由人来判断。`,
    note: '怎么回事',
    missing: '写一两句，别人才能判断',
    send: '提交异议',
    sent: '已提交异议',
    waiting: '异议还没发出，连上网后自动发出。',
    open: '已提出异议，等人处理。结果会在“消息”里告诉你。',
    upheld: '异议成立，商家退款，积分会退回原来的批次。',
    dismissed: '异议不成立。',
    answer: '处理说明',
    refused: '异议没有收下。',
    stillPaid:
      '店里如果在你退回之前、没有网络时已经收下这张券，以店里为准：店家照样收到钱，这里会显示“已核销”和时间。',
  },
  {
    ask: 'It was not me',
    title: 'Dispute this use',
    lead: (day: string) =>
      `If it was not you, or you got nothing for it, you can say so once, until ${within(day)}. A person decides: please be clear.`,
    note: 'What happened',
    missing: 'A sentence or two, so that somebody can decide',
    send: 'Send',
    sent: 'Sent',
    waiting: 'Not sent yet; it goes out once you are online.',
    open: 'You have disputed it. A person decides; your inbox will tell you.',
    upheld: 'Upheld: the shop gives it back, and your points return to where they came from.',
    dismissed: 'Not upheld.',
    answer: 'What was found',
    refused: 'It was not taken.',
    stillPaid:
      'If a shop accepted it without a network before you returned it, that stands: the shop is paid, and this page will say “Used”, and when.',
  },
)
