/** What of a ledger is news, and how far it was read: read by the page, live, and by the worker, once. */

import { liveQuery, type Observable } from 'dexie'
import type { CityId } from '../domain/base/city.ts'
import { DAY_MS, type Instant } from '../domain/base/time.ts'
import {
  isNewsKind,
  isUnread,
  marksAfter,
  type News,
  newestFirst,
  newsOfRecord,
  type ReadMarks,
} from '../domain/kinds/news.ts'
import { newsOfLots, newsOfVouchers } from '../domain/kinds/news-of-ends.ts'
import { newsOfOffers } from '../domain/kinds/news-of-offers.ts'
import type { LedgerDb } from './database.ts'
import { type KnownContent, type NoticedNews, readMeta, writeMeta } from './meta.ts'
import { raiseReadUpTo } from './read-mark.ts'
import type { EntryRow } from './tables.ts'

/** By which the browser wakes the worker for news, where it does such things: the page registers it, the worker hears it. */
export const NEWS_TAG = 'greentrace-news'
/** Older ones are found in the ledger: the inbox is for what may not have been seen. */
const NEWS_DAYS = 180
/** More than anybody reads, and a bound for who has thousands of vouchers. */
const RECORDS_MAX = 100

interface NewsRead {
  /** Newest first: of records, and of what is about to end. */
  readonly news: readonly News[]
  /** The records among them, by their place in the journal. */
  readonly records: ReadonlyMap<number, EntryRow>
  readonly marks: ReadMarks
  readonly knownContent: { readonly [city: string]: KnownContent }
  readonly noticed: NoticedNews | undefined
}

export function liveNews(db: LedgerDb, now: () => Instant): Observable<NewsRead> {
  return liveQuery(() => readNews(db, now()))
}

export function readNews(db: LedgerDb, now: Instant): Promise<NewsRead> {
  return db.transaction('r', db.entries, db.vouchers, db.meta, async () => {
    const rows = await newsRows(db, now - NEWS_DAYS * DAY_MS)
    const abouts = [
      ...new Set(rows.flatMap(({ kind, about }) => (kind === 'review.decide' && about ? [about] : []))),
    ]
    const appeals = await db.entries
      .where('about')
      .anyOf(abouts)
      .filter(({ kind, outcome }) => kind === 'activity.appeal' && outcome !== 'refused')
      .toArray()
    const vouchers = await db.vouchers.where('state').equals('active').toArray()
    const lots = (await readMeta(db, 'ledger'))?.lots ?? []
    const news = [
      ...rows.flatMap((row) => newsOfRecord(row, appealedBefore(appeals, row.seq)) ?? []),
      ...newsOfLots(lots, now),
      ...newsOfVouchers(vouchers, now),
      ...newsOfOffers((await readMeta(db, 'offerFavourites')) ?? {}, now),
    ]
    return {
      news: newestFirst(news),
      records: new Map(rows.map((row) => [row.seq, row])),
      marks: await readMarks(db),
      knownContent: (await readMeta(db, 'knownContent')) ?? {},
      noticed: await readMeta(db, 'noticedNews'),
    }
  })
}

/** From the end backwards, group by group: however long the journal, no more is looked at than stands behind the first day. */
async function newsRows(db: LedgerDb, since: Instant): Promise<EntryRow[]> {
  const rows: EntryRow[] = []
  for (const group of ['steps', 'voucher', 'learn']) {
    const found = await db.entries
      .where('[group+seq]')
      .between([group, 0], [group, Number.POSITIVE_INFINITY])
      .reverse()
      .until(({ postedAt }) => postedAt < since)
      .filter(({ kind }) => isNewsKind(kind))
      .limit(RECORDS_MAX)
      .toArray()
    rows.push(...found)
  }
  return rows.sort((a, b) => b.seq - a.seq).slice(0, RECORDS_MAX)
}

function appealedBefore(appeals: readonly EntryRow[], seq: number): ReadonlySet<string> {
  return new Set(appeals.flatMap((row) => (row.seq < seq && row.about !== undefined ? [row.about] : [])))
}

async function readMarks(db: LedgerDb): Promise<ReadMarks> {
  const [upTo, ids] = [await readMeta(db, 'readUpTo'), await readMeta(db, 'readNews')]
  return { upTo: upTo ?? 0, ids: new Set(ids) }
}

/** All of these were before the person's eyes. True where the account's number has grown, which the other phones are to hear. */
export function markRead(db: LedgerDb, seen: readonly News[]): Promise<boolean> {
  return db.transaction('rw', db.meta, async () => {
    const before = await readMarks(db)
    const after = marksAfter(seen, before)
    await raiseReadUpTo(db, after.upTo)
    await writeMeta(db, 'readNews', [...after.ids])
    return after.upTo > before.upTo
  })
}

/** The version of a city's plan that this ledger sees now: the first is what was always there, each later one is news. */
export async function noteContent(
  db: LedgerDb,
  city: CityId,
  seen: { readonly version: string; readonly now: Instant },
): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const known = (await readMeta(db, 'knownContent')) ?? {}
    const before = known[city]
    if (before && before.version >= seen.version) return
    const next: KnownContent = {
      version: seen.version,
      since: seen.now,
      ...(before ? {} : { isFirst: true }),
    }
    await writeMeta(db, 'knownContent', { ...known, [city]: next })
  })
}

/** What no notification has told yet and nobody has read; from then on it counts as told. */
export function takeUnnoticed(db: LedgerDb, now: Instant): Promise<News[]> {
  return db.transaction('rw', db.entries, db.vouchers, db.meta, async () => {
    const { news, marks, noticed } = await readNews(db, now)
    const told: ReadMarks = { upTo: noticed?.upTo ?? 0, ids: new Set(noticed?.ids) }
    const after = marksAfter(news, told)
    if (
      after.upTo !== told.upTo ||
      after.ids.size !== told.ids.size ||
      [...after.ids].some((id) => !told.ids.has(id))
    )
      await writeMeta(db, 'noticedNews', { upTo: after.upTo, ids: [...after.ids] })
    return news.filter((each) => isUnread(each, marks) && isUnread(each, told))
  })
}

/** What is remembered of news that stand in no journal. */
type NewsMemory = Pick<NewsRead, 'knownContent'> & { readonly ids: readonly string[] }

export async function readNewsMemory(db: LedgerDb): Promise<NewsMemory> {
  return {
    ids: (await readMeta(db, 'readNews')) ?? [],
    knownContent: (await readMeta(db, 'knownContent')) ?? {},
  }
}

/** A guest's memory goes on in the account: what either has read was read by the person. */
export async function addNewsMemory(db: LedgerDb, { ids, knownContent }: NewsMemory): Promise<void> {
  const own = await readNewsMemory(db)
  if (ids.length > 0) await writeMeta(db, 'readNews', [...new Set([...own.ids, ...ids])])
  if (Object.keys(knownContent).length > 0)
    await writeMeta(db, 'knownContent', { ...knownContent, ...own.knownContent })
}
