/**
 * Applies a run of records to the derived rows, inside the transaction that stores those records. The same function serves the page that
 * just came and the rebuild of everything, so that rows kept step by step equal rows made anew.
 */

import { dayOf, type Instant, monthOf } from '../domain/base/time.ts'
import type { RecordBody, RecordDetail } from '../domain/ledger/record.ts'
import { timesOf } from '../domain/methodology/corrected-times.ts'
import type { LedgerDb } from './database.ts'
import { rowOfKind } from './kind-rows.ts'
import { confirmedShare, countDay, countPart, dayRow, givesWay, type Rows } from './later.ts'
import { claimOf, entryOf, type GroupOf } from './rows.ts'
import type { EntryRow, MonthRow } from './tables.ts'

export interface ParsedRecord {
  readonly body: RecordBody
  readonly detail: RecordDetail | undefined
}

/**
 * To be called inside a transaction over entries, vouchers, months and days. Records are in order and follow what was derived before. Reads all
 * that the run touches, folds without waiting, writes once: a transaction must not wait for anything but the database.
 */
export async function deriveRows(
  db: LedgerDb,
  records: readonly ParsedRecord[],
  groupOf: GroupOf,
): Promise<void> {
  const rows = await readTouched(db, records)
  for (const { body, detail } of records) derive(rows, { body, detail }, groupOf)
  await db.entries.bulkPut([...rows.entries.values()])
  await db.vouchers.bulkPut([...rows.vouchers.values()])
  await db.months.bulkPut([...rows.months.values()])
  await db.days.bulkPut([...rows.days.values()])
}

async function readTouched(db: LedgerDb, records: readonly ParsedRecord[]): Promise<Rows> {
  const about = unique(
    records.flatMap(({ detail }) => [
      detail?.about,
      ...(detail?.supersedes ?? []),
      ...(detail?.displaces ?? []),
    ]),
  )
  const entries = await db.entries.where('id').anyOf(about).toArray()
  const vouchers = await db.vouchers.where('id').anyOf(about).toArray()
  const months = await db.months.bulkGet(unique(records.map(({ body }) => monthOf(body.at))))
  const dayKeys = [
    ...records.map(({ body, detail }) => occurredAt(body, detail)),
    ...entries.map((entry) => entry.occurredAt),
  ]
  const days = await db.days.bulkGet(unique(dayKeys.map((at) => (at === undefined ? undefined : dayOf(at)))))
  return {
    entries: new Map(entries.map((row) => [row.id, row])),
    vouchers: new Map(vouchers.map((row) => [row.id, row])),
    months: new Map(months.flatMap((row) => (row ? [[row.month, row]] : []))),
    days: new Map(days.flatMap((row) => (row ? [[row.day, row]] : []))),
  }
}

function occurredAt(body: RecordBody, detail: RecordDetail | undefined): Instant | undefined {
  const claim = claimOf(body, detail)
  return claim && timesOf(claim, detail?.assessment).startedAt
}

function derive(rows: Rows, { body, detail }: ParsedRecord, groupOf: GroupOf): void {
  const entry = entryOf(body, detail, groupOf)
  rows.entries.set(entry.id, entry)
  countMonth(monthRow(rows, monthOf(body.at), body.seq), entry)
  if (body.outcome === 'refused') return
  if (entry.occurredAt !== undefined && entry.code !== undefined && body.outcome !== 'rejected') {
    const row = dayRow(rows, dayOf(entry.occurredAt))
    // What it takes from others is not in its transfers, which are the difference.
    const grams = entry.grams + givesWay(rows, entry, entry.id)
    entry.counted = grams
    countDay(row, { code: entry.code, grams, acts: 1 })
    countPart(row, entry, { ...confirmedShare(entry), grams })
  }
  const kind = rowOfKind(body.kind)
  const voucher = kind.voucher?.(body, detail)
  if (voucher) rows.vouchers.set(voucher.id, voucher)
  if (entry.about !== undefined) kind.later?.(rows, entry)
}

function monthRow(rows: Rows, month: string, firstSeq: number): MonthRow {
  const row = rows.months.get(month) ?? { month, firstSeq, counts: {}, pointsIn: 0, pointsOut: 0 }
  rows.months.set(month, row)
  return row
}

function unique(keys: readonly (string | undefined)[]): string[] {
  return [...new Set(keys.filter((key) => key !== undefined))]
}

function countMonth(row: MonthRow, entry: EntryRow): void {
  row.counts[entry.group] = (row.counts[entry.group] ?? 0) + 1
  if (entry.points > 0) row.pointsIn += entry.points
  else row.pointsOut -= entry.points
}
