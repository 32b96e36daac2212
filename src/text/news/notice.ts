/**
 * A notification of news. Anybody may read a locked screen: it says of which kind the news is, never an amount, a place or a name. Apart from
 * the screens' texts, because the worker, which has no screen, says it too.
 */
import type { News, NewsTopic } from '../../domain/kinds/news.ts'
import type { Language } from '../language.ts'

/** At once; the others are in the inbox. */
export const NOTICES_MAX = 3

const WORDS: Readonly<
  Record<
    Language,
    {
      readonly title: string
      readonly one: (what: string) => string
      readonly of: Readonly<Record<NewsTopic, string>>
    }
  >
> = {
  'zh-CN': {
    title: '绿迹',
    one: (what) => `有一条新消息：${what}`,
    of: {
      review: '复核有结果了',
      appeal: '复核有结果了',
      answer: '有答复了',
      pickup: '上门回收有进展',
      planting: '植树报名有变化',
      corrected: '账本有变动',
      voucherReturned: '兑换券有变动',
      voucherExpired: '兑换券有变动',
      voucherRefunded: '兑换券有变动',
      dispute: '异议有结果了',
      voucherEnds: '有东西快到期了',
      lotExpired: '账本有变动',
      drawWon: '抽取有结果了',
      drawLost: '抽取有结果了',
      lotEnds: '有东西快到期了',
      offerBack: '等的东西又有了',
      alert: '本市有预警',
      content: '城市内容更新了',
    },
  },
  en: {
    title: 'Greentrace',
    one: (what) => `One new message: ${what}`,
    of: {
      review: 'a review was decided',
      appeal: 'a review was decided',
      answer: 'there is an answer',
      pickup: 'a pick-up has moved on',
      planting: 'news of a planting day',
      corrected: 'the ledger has changed',
      voucherReturned: 'a voucher has changed',
      voucherExpired: 'a voucher has changed',
      voucherRefunded: 'a voucher has changed',
      dispute: 'something you disputed was decided',
      voucherEnds: 'something ends soon',
      lotExpired: 'the ledger has changed',
      drawWon: 'a draw has come out',
      drawLost: 'a draw has come out',
      lotEnds: 'something ends soon',
      offerBack: 'what you waited for is there',
      alert: 'a warning for your city',
      content: 'city content was updated',
    },
  },
}

interface Notice {
  readonly title: string
  readonly options: NotificationOptions
}

/** By its tag a piece that is shown twice takes its own place. */
export function noticeOf(
  { id, topic, path }: Pick<News, 'id' | 'topic' | 'path'>,
  language: Language,
): Notice {
  const words = WORDS[language]
  return {
    title: words.title,
    options: {
      body: words.one(words.of[topic]),
      tag: `news:${id}`,
      data: { path },
      lang: language,
      icon: '/icons/icon-192.png',
    },
  }
}
