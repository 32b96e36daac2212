/**
 * What is news to a person: records that others made (an operator, the backend by itself), and never the answer to a tap of their own. A new
 * kind of record says here whether it is.
 */

import type { Day, Instant } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import type { Kind } from '../ledger/record.ts'

export type NewsTopic =
  | 'review'
  | 'appeal'
  | 'answer'
  | 'pickup'
  | 'planting'
  | 'corrected'
  | 'voucherReturned'
  | 'voucherExpired'
  | 'voucherRefunded'
  | 'dispute'
  | 'lotExpired'
  | 'drawWon'
  | 'drawLost'
  | 'lotEnds'
  | 'voucherEnds'
  | 'offerBack'
  | 'alert'
  | 'content'

/** One piece of news, and where it leads. */
export interface News {
  /** The record's, or made of what it tells of: the same wherever it is worked out, so that no piece comes twice. */
  readonly id: string
  readonly topic: NewsTopic
  readonly at: Instant
  /** The page in the app. */
  readonly path: string
  /** Its record's place in the journal; absent where there is none. */
  readonly seq?: number
  /** The act, the words, the voucher or the warning that it tells of. */
  readonly about?: string
  /** Of what is about to end. */
  readonly lastDay?: Day
  readonly points?: Points
}

/** What is read of a record to tell whether it is news. */
export interface NewsRecord {
  readonly seq: number
  readonly id: string
  /** As the journal says it, which a newer backend may have written. */
  readonly kind: string
  readonly postedAt: Instant
  /** The act, the words or the voucher that it is about. */
  readonly about?: string
}

type RecordTopic =
  | 'review'
  | 'answer'
  | 'pickup'
  | 'planting'
  | 'corrected'
  | 'voucherReturned'
  | 'voucherExpired'
  | 'voucherRefunded'
  | 'dispute'
  | 'lotExpired'
  | 'drawWon'
  | 'drawLost'

const NEWS_OF = {
  'account.open': null,
  'activity.record': null,
  'activity.withdraw': null,
  'activity.appeal': null,
  // Reports are the daily course of things: the ledger tells them.
  'activity.report': null,
  'activity.correct': 'corrected',
  'review.decide': 'review',
  'voucher.redeem': null,
  'voucher.cancel': null,
  'voucher.expire': 'voucherExpired',
  'voucher.return': 'voucherReturned',
  // The holder stood at the counter when it was used.
  'voucher.settle': null,
  'voucher.accept': null,
  'voucher.refund': null,
  'voucher.refunded': 'voucherRefunded',
  'voucher.dispute': null,
  'dispute.decide': 'dispute',
  'donation.receive': null,
  'statement.close': null,
  'payout.send': null,
  'payout.receive': null,
  'lot.expire': 'lotExpired',
  'quiz.answer': null,
  'event.check-in': null,
  'feedback.send': null,
  'case.nominate': null,
  'consent.give': null,
  'consent.withdraw': null,
  'helper.invite': null,
  'helper.revoke': null,
  'voice.answer': 'answer',
  'pickup.book': null,
  'pickup.cancel': null,
  'pickup.update': 'pickup',
  'planting.join': null,
  'planting.leave': null,
  'planting.update': 'planting',
  'draw.enter': null,
  'draw.leave': null,
  'draw.won': 'drawWon',
  'draw.lost': 'drawLost',
} as const satisfies { readonly [Each in Kind]: RecordTopic | null }

const PATHS: Readonly<Record<RecordTopic, (record: NewsRecord) => string>> = {
  review: ({ about, id }) => `/ledger/${about ?? id}`,
  answer: ({ about, id }) => `/ledger/${about ?? id}`,
  pickup: ({ about, id }) => `/ledger/${about ?? id}`,
  planting: ({ about, id }) => `/ledger/${about ?? id}`,
  corrected: ({ about, id }) => `/ledger/${about ?? id}`,
  voucherReturned: ({ about, id }) => (about === undefined ? `/ledger/${id}` : `/vouchers/${about}`),
  voucherExpired: ({ about, id }) => (about === undefined ? `/ledger/${id}` : `/vouchers/${about}`),
  voucherRefunded: ({ about, id }) => (about === undefined ? `/ledger/${id}` : `/vouchers/${about}`),
  dispute: ({ about, id }) => (about === undefined ? `/ledger/${id}` : `/vouchers/${about}`),
  lotExpired: ({ id }) => `/ledger/${id}`,
  drawWon: ({ id }) => `/vouchers/${id}`,
  drawLost: ({ about, id }) => (about === undefined ? `/ledger/${id}` : `/rewards/draw/${about}`),
}

function topicOf(kind: string): RecordTopic | null {
  return Object.hasOwn(NEWS_OF, kind) ? NEWS_OF[kind as Kind] : null
}

export function isNewsKind(kind: string): boolean {
  return topicOf(kind) !== null
}

/** @param appealed ids of acts that the person has asked to be looked at again. Undefined: no news. */
export function newsOfRecord(record: NewsRecord, appealed: ReadonlySet<string>): News | undefined {
  const topic = topicOf(record.kind)
  if (topic === null) return undefined
  const isAppeal = topic === 'review' && record.about !== undefined && appealed.has(record.about)
  const { id, seq, postedAt, about } = record
  const told = {
    id,
    seq,
    at: postedAt,
    path: PATHS[topic](record),
    ...(about === undefined ? {} : { about }),
  }
  return { ...told, topic: isAppeal ? 'appeal' : topic }
}

/** How far the news were read: of the journal by one number of the account, of all else by what this phone has seen. */
export interface ReadMarks {
  readonly upTo: number
  readonly ids: ReadonlySet<string>
}

export function isUnread({ seq, id }: News, { upTo, ids }: ReadMarks): boolean {
  return seq === undefined ? !ids.has(id) : seq > upTo
}

/** The marks once all of these were before somebody's eyes. What is no news any more is forgotten. */
export function marksAfter(seen: readonly News[], { upTo }: Pick<ReadMarks, 'upTo'>): ReadMarks {
  return {
    upTo: Math.max(upTo, ...seen.map(({ seq = 0 }) => seq)),
    ids: new Set(seen.flatMap(({ seq, id }) => (seq === undefined ? [id] : []))),
  }
}

export function newestFirst(news: readonly News[]): News[] {
  return news.toSorted((a, b) => b.at - a.at || (b.seq ?? 0) - (a.seq ?? 0) || (a.id < b.id ? -1 : 1))
}
