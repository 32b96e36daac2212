/**
 * Applies a run of records to the derived rows, inside the transaction that stores those records. The same function serves the page that
 * just came and the rebuild of everything, so that rows kept step by step equal rows made anew.
 */
import type { RecordBody, RecordDetail } from '../domain/record.ts'
import { dayOf, monthOf } from '../domain/time.ts'
import { SETTLEMENT_WINDOW_MS } from '../domain/voucher.ts'
import type { DayRow, LedgerDb, MonthRow } from './database.ts'
import { type EntryRow, entryOf, type GroupOf, type VoucherRow, voucherOf } from './rows.ts'

/** Count it up when what is derived changes: the next start makes all rows anew from the journal. */
export const DERIVED_VERSION = 1

export interface ParsedRecord {
  readonly body: RecordBody
  readonly detail: RecordDetail | undefined
}

/** To be called inside a transaction over entries, vouchers, months and days. Records are in order and follow what was derived before. */
export async function deriveRows(
  db: LedgerDb,
  records: readonly ParsedRecord[],
  groupOf: GroupOf,
): Promise<void> {
  const rows = new PendingRows(db)
  for (const { body, detail } of records) {
    const entry = entryOf(body, detail, groupOf)
    rows.entries.set(entry.id, entry)
    countMonth(await rows.month(monthOf(body.at), body.seq), entry)
    if (body.outcome === 'refused') continue
    if (entry.occurredAt !== undefined && entry.code !== undefined && body.outcome !== 'rejected') {
      countDay(await rows.day(dayOf(entry.occurredAt)), entry.code, entry.grams, 1)
    }
    const voucher = voucherOf(body, detail)
    if (voucher) rows.vouchers.set(voucher.id, voucher)
    if (entry.about !== undefined) await applyLater(rows, entry)
  }
  await rows.write()
}

/** Rows read once and written once however many records of the run touch them. */
class PendingRows {
  readonly entries = new Map<string, EntryRow>()
  readonly vouchers = new Map<string, VoucherRow>()
  readonly #months = new Map<string, MonthRow>()
  readonly #days = new Map<string, DayRow>()
  readonly #db: LedgerDb

  constructor(db: LedgerDb) {
    this.#db = db
  }

  async month(month: string, firstSeq: number): Promise<MonthRow> {
    const row = this.#months.get(month) ??
      (await this.#db.months.get(month)) ?? { month, firstSeq, counts: {}, pointsIn: 0, pointsOut: 0 }
    this.#months.set(month, row)
    return row
  }

  async day(day: string): Promise<DayRow> {
    const row = this.#days.get(day) ?? (await this.#db.days.get(day)) ?? { day, acts: 0, grams: {} }
    this.#days.set(day, row)
    return row
  }

  async entry(id: string): Promise<EntryRow | undefined> {
    const row = this.entries.get(id) ?? (await this.#db.entries.where('id').equals(id).first())
    if (row) this.entries.set(id, row)
    return row
  }

  async voucher(id: string): Promise<VoucherRow | undefined> {
    const row = this.vouchers.get(id) ?? (await this.#db.vouchers.get(id))
    if (row) this.vouchers.set(id, row)
    return row
  }

  async write(): Promise<void> {
    await this.#db.entries.bulkPut([...this.entries.values()])
    await this.#db.vouchers.bulkPut([...this.vouchers.values()])
    await this.#db.months.bulkPut([...this.#months.values()])
    await this.#db.days.bulkPut([...this.#days.values()])
  }
}

function countMonth(row: MonthRow, entry: EntryRow): void {
  row.counts[entry.group] = (row.counts[entry.group] ?? 0) + 1
  if (entry.points > 0) row.pointsIn += entry.points
  else row.pointsOut -= entry.points
}

function countDay(row: DayRow, code: string, grams: number, acts: number): void {
  row.acts += acts
  const sum = (row.grams[code] ?? 0) + grams
  if (sum === 0) delete row.grams[code]
  else row.grams[code] = sum
}

/** What a later record does to the earlier one that it is about. */
async function applyLater(rows: PendingRows, entry: EntryRow): Promise<void> {
  const target = await rows.entry(entry.about as string)
  switch (entry.kind) {
    case 'activity.withdraw':
    case 'review.decide': {
      if (!target || target.occurredAt === undefined || target.code === undefined) return
      const isWithdrawn = entry.kind === 'activity.withdraw'
      // An act that was rejected stood on no day; one that a review lets stand does.
      const acts = isWithdrawn ? (target.outcome === 'rejected' && target.later === undefined ? 0 : -1) : 0
      countDay(await rows.day(dayOf(target.occurredAt)), target.code, entry.grams, acts)
      target.later = isWithdrawn ? 'withdrawn' : entry.outcome
      return
    }
    case 'activity.appeal':
      if (target) target.later = 'appealed'
      return
    case 'voucher.cancel':
    case 'voucher.expire': {
      const voucher = await rows.voucher(entry.about as string)
      if (!voucher) return
      voucher.endedAt = entry.kind === 'voucher.expire' ? voucher.expiresAt : entry.postedAt
      voucher.returnsAt = voucher.endedAt + SETTLEMENT_WINDOW_MS
      voucher.state = 'returning'
      if (target) target.later = 'returning'
      return
    }
    case 'voucher.return':
    case 'voucher.settle': {
      const voucher = await rows.voucher(entry.about as string)
      const state = entry.kind === 'voucher.return' ? 'returned' : 'used'
      if (voucher) Object.assign(voucher, { state, endedAt: entry.postedAt })
      if (target) target.later = state
      return
    }
    default:
      return
  }
}
