/** What lists and pictures read of the journal, live: months, entries by window, one entry whole. Home does without. */

import { liveQuery, type Observable } from 'dexie'
import type { Reason } from '../domain/base/reason.ts'
import type { Instant } from '../domain/base/time.ts'
import type { Points } from '../domain/base/units.ts'
import { askedIn, openDetail } from '../domain/ledger/open-record.ts'
import { isActKind } from './act-kind.ts'
import type { LedgerDb } from './database.ts'
import { readMeta, type VoiceDraft } from './meta.ts'
import type { EntryGroup, EntryRow, JournalRow, MonthRow } from './tables.ts'

export function liveMonths(db: LedgerDb): Observable<MonthRow[]> {
  return liveQuery(() => db.months.toArray())
}

/** Seqs of the entries under a filter, newest first: a number each, so that 100,000 of them are a few hundred kilobytes. */
export function liveEntrySeqs(db: LedgerDb, group: EntryGroup | 'all'): Observable<number[]> {
  return liveQuery(async () => {
    const keys =
      group === 'all'
        ? await db.entries.toCollection().primaryKeys()
        : await db.entries
            .where('[group+seq]')
            .between([group, 0], [group, Number.POSITIVE_INFINITY])
            .primaryKeys()
    return keys.reverse()
  })
}

export function readEntries(db: LedgerDb, seqs: readonly number[]): Promise<(EntryRow | undefined)[]> {
  return db.entries.bulkGet([...seqs])
}

/** However few acts are among the latest records, no more of them are looked through. */
const RECENT_ROWS_MAX = 1000

/** The latest acts of the person, for "once more": newest first. */
export function liveRecentActs(db: LedgerDb, count: number): Observable<EntryRow[]> {
  return liveQuery(async () => {
    const newest = (await db.entries.orderBy('seq').lastKey()) as number | undefined
    return db.entries
      .where('seq')
      .above((newest ?? 0) - RECENT_ROWS_MAX)
      .reverse()
      .filter((entry) => isActKind(entry.kind) && entry.outcome !== 'rejected' && entry.later !== 'withdrawn')
      .limit(count)
      .toArray()
  })
}

export interface EntryRead {
  readonly entry: EntryRow
  readonly row: JournalRow
  /** Hash of the record before, to check this one's. */
  readonly previousHash: string | undefined
  /** Records about this one, oldest first. */
  readonly later: readonly EntryRow[]
}

/** One entry whole, by the id of its command. */
export function liveEntry(db: LedgerDb, id: string): Observable<EntryRead | undefined> {
  return liveQuery(async () => {
    const entry = await db.entries.where('id').equals(id).first()
    const row = entry && (await db.journal.get(entry.seq))
    if (!entry || !row) return undefined
    const previous = await db.journal.get(entry.seq - 1)
    const later = await db.entries.where('about').equals(id).sortBy('seq')
    return { entry, row, previousHash: previous?.hash, later }
  })
}

export interface VoiceRead {
  readonly entry: EntryRow
  /** The operator's last answer, if there is one. */
  readonly answer: EntryRow | undefined
}

/** The person's feedback and nominations, newest first. */
export function liveVoices(db: LedgerDb): Observable<VoiceRead[]> {
  return liveQuery(async () => {
    const entries = await db.entries
      .where('[group+seq]')
      .between(['learn', 0], ['learn', Number.POSITIVE_INFINITY])
      .toArray()
    const answers = new Map(
      entries.filter(({ kind }) => kind === 'voice.answer').map((entry) => [entry.about, entry]),
    )
    return entries
      .filter(({ kind }) => kind === 'feedback.send' || kind === 'case.nominate')
      .map((entry) => ({ entry, answer: answers.get(entry.id) }))
      .reverse()
  })
}

/** What was begun and not sent yet, the last touched first. */
export function liveVoiceDrafts(db: LedgerDb): Observable<readonly VoiceDraft[]> {
  return liveQuery(async () => (await readMeta(db, 'voiceDrafts')) ?? [])
}

export interface CheckInRead {
  readonly outcome: EntryRow['outcome']
  readonly points: Points
  readonly postedAt: Instant
  readonly reasons: readonly Reason[]
}

/** What became of the check-ins to one event, the newest first. */
export function liveCheckIns(db: LedgerDb, occurrenceId: string): Observable<CheckInRead[]> {
  return liveQuery(async () => {
    const entries = await db.entries
      .where('[group+seq]')
      .between(['learn', 0], ['learn', Number.POSITIVE_INFINITY])
      .filter(({ kind }) => kind === 'event.check-in')
      .toArray()
    const rows = await db.journal.bulkGet(entries.map(({ seq }) => seq))
    return entries
      .flatMap(({ outcome, points, postedAt }, at): CheckInRead[] => {
        const detail = openDetail(rows[at]?.detail)
        const asked = askedIn('event.check-in', detail)
        const reasons = detail?.reasons ?? []
        return asked?.occurrenceId === occurrenceId ? [{ outcome, points, postedAt, reasons }] : []
      })
      .reverse()
  })
}
