/** What a later record does to the rows of the earlier one that it is about, and to its day. */

import { dayOf, type Instant } from '../domain/base/time.ts'
import type { Grams } from '../domain/base/units.ts'
import { returnsAtBy } from '../domain/offers/voucher.ts'
import { comesAfter, PICKUP_STATES, type PickupState } from '../domain/taking-part/pickup.ts'
import { partKey } from './part-key.ts'
import type { DayPart, DayRow, EntryRow, MonthRow, VoucherRow } from './tables.ts'

/** Rows of the run by their keys: those that stood before, and those that it makes. */
export interface Rows {
  readonly entries: Map<string, EntryRow>
  readonly vouchers: Map<string, VoucherRow>
  readonly months: Map<string, MonthRow>
  readonly days: Map<string, DayRow>
}

export type Later = (rows: Rows, entry: EntryRow) => void

/** @param stateOf what became of the act by it */
export function changesAct(stateOf: (entry: EntryRow) => NonNullable<EntryRow['later']>): Later {
  return (rows, entry) => {
    const target = rows.entries.get(entry.about as string)
    const taken = givesWay(rows, entry, entry.about)
    setAct(rows, target, { later: stateOf(entry), counted: (target?.counted ?? 0) + entry.grams + taken })
  }
}

/** Also how much it was. */
export const correctsAct: Later = (rows, entry) => {
  const target = rows.entries.get(entry.about as string)
  const { outcome, claimed = target?.claimed, metres = target?.metres } = entry
  const taken = givesWay(rows, entry, entry.about)
  setAct(rows, target, {
    later: outcome,
    counted: (target?.counted ?? 0) + entry.grams + taken,
    ...(claimed ? { claimed } : {}),
    ...(metres === undefined ? {} : { metres }),
  })
}

/** Acts that give way to this one count no more. Answers the grams that they counted. */
export function givesWay(
  rows: Rows,
  { supersedes = [], displaces = [] }: EntryRow,
  to: string | undefined,
): Grams {
  const targets = [...supersedes, ...displaces].map((id) => rows.entries.get(id))
  const taken = targets.reduce((sum, target) => sum + (target?.counted ?? 0), 0)
  for (const target of targets) {
    const isPart = target !== undefined && supersedes.includes(target.id)
    const merged = isPart && to !== undefined ? { mergedInto: to } : {}
    setAct(rows, target, { later: isPart ? 'superseded' : 'rejected', counted: 0, ...merged })
  }
  return taken
}

function setAct(
  rows: Rows,
  target: EntryRow | undefined,
  next: Pick<EntryRow, 'later' | 'counted' | 'mergedInto' | 'claimed' | 'metres'>,
): void {
  if (!target || target.occurredAt === undefined || target.code === undefined) return
  const before = { stands: standsOnDay(target), grams: target.counted ?? 0, ...confirmedShare(target) }
  Object.assign(target, next)
  const grams = (target.counted ?? 0) - before.grams
  const row = dayRow(rows, dayOf(target.occurredAt))
  countDay(row, { code: target.code, grams, acts: standsOnDay(target) - before.stands })
  const { acts, metres } = confirmedShare(target)
  countPart(row, target, { acts: acts - before.acts, grams, metres: metres - before.metres })
}

export const answersVoice: Later = (rows, entry) => {
  const target = rows.entries.get(entry.about as string)
  if (target && entry.voiceState) target.later = entry.voiceState
}

/** A state that comes late does not take back a later one. */
export const movesPickup: Later = (rows, entry) => {
  const target = rows.entries.get(entry.about as string)
  if (!target) return
  if (entry.kind === 'pickup.cancel') target.later = 'called_off'
  else if (entry.pickupState && comesAfter(entry.pickupState, pickupStateOf(target)))
    target.later = entry.pickupState
}

/** What is said of a day goes for whoever signed up for it. */
export const movesPlanting: Later = (rows, entry) => {
  const target = rows.entries.get(entry.about as string)
  if (!target) return
  const { kind, plantingNews, planted, startsAt, titleZh, titleEn } = entry
  if (kind === 'planting.leave') target.later = 'called_off'
  else if (plantingNews !== undefined && plantingNews !== 'changed') target.later = plantingNews
  if (startsAt !== undefined && titleZh !== undefined && titleEn !== undefined)
    Object.assign(target, { startsAt, titleZh, titleEn })
  if (planted !== undefined) target.planted = planted
}

function pickupStateOf({ later }: EntryRow): PickupState {
  return PICKUP_STATES.find((state) => state === later) ?? 'booked'
}

/** @param state what became of the entry */
export function endsDraw(state: 'won' | 'lost' | 'left'): Later {
  return (rows, entry) => {
    const target = rows.entries.get(entry.about as string)
    if (target) target.later = state
  }
}

export const endsConsent: Later = (rows, entry) => {
  const target = rows.entries.get(entry.about as string)
  if (target) target.later = 'ended'
}

/** @param endOf when it ended */
export function endsVoucher(endOf: (entry: EntryRow, voucher: VoucherRow) => Instant): Later {
  return (rows, entry) => {
    const target = rows.entries.get(entry.about as string)
    const voucher = rows.vouchers.get(entry.about as string)
    if (!voucher) return
    voucher.endedAt = endOf(entry, voucher)
    voucher.returnsAt = returnsAtBy(voucher.endedAt, entry)
    voucher.state = 'returning'
    if (target) target.later = 'returning'
  }
}

export function closesVoucher(state: 'returned' | 'used' | 'refunded'): Later {
  return (rows, entry) => {
    const target = rows.entries.get(entry.about as string)
    const voucher = rows.vouchers.get(entry.about as string)
    if (voucher) Object.assign(voucher, { state, endedAt: entry.postedAt })
    if (target) target.later = state
  }
}

/** A shop was paid for it. */
export const usesVoucher: Later = (rows, entry) => {
  closesVoucher('used')(rows, entry)
  const voucher = rows.vouchers.get(entry.about as string)
  const { acceptedAt, till } = entry
  if (voucher)
    Object.assign(voucher, {
      ...(acceptedAt === undefined ? {} : { usedAt: acceptedAt }),
      ...(till === undefined ? {} : { usedTill: till }),
    })
}

export const disputesVoucher: Later = (rows, entry) => {
  const target = rows.entries.get(entry.about as string)
  const voucher = rows.vouchers.get(entry.about as string)
  const { verdict } = entry
  if (voucher) voucher.dispute = verdict ?? 'open'
  if (target && target.later !== 'refunded') target.later = verdict ?? 'disputed'
}

/** @param later what becomes of the record that it is about, in the same journal */
export function marks(later: NonNullable<EntryRow['later']>): Later {
  return (rows, entry) => {
    const target = rows.entries.get(entry.about as string)
    if (target) target.later = later
  }
}

/** 1 when the act marks its day (an honest zero does, one in review too), 0 when it was rejected or taken back. */
function standsOnDay({ outcome, later }: EntryRow): number {
  if (later === 'withdrawn' || later === 'rejected' || later === 'superseded') return 0
  if (later === 'accepted' || later === 'adjusted') return 1
  return outcome === 'rejected' ? 0 : 1
}

/** What a confirmed act adds to its day; nothing while it is in review, and nothing of one that was rejected or taken back. */
export function confirmedShare({ outcome, later, metres = 0 }: EntryRow): { acts: number; metres: number } {
  const state = later === undefined || later === 'appealed' ? outcome : later
  return state === 'accepted' || state === 'adjusted' ? { acts: 1, metres } : { acts: 0, metres: 0 }
}

export function dayRow(rows: Rows, day: string): DayRow {
  const row = rows.days.get(day) ?? { day, acts: 0, grams: {} }
  rows.days.set(day, row)
  return row
}

export function countDay(
  row: DayRow,
  { code, grams, acts }: { code: string; grams: number; acts: number },
): void {
  row.acts += acts
  const sum = (row.grams[code] ?? 0) + grams
  if (sum === 0) delete row.grams[code]
  else row.grams[code] = sum
}

/** @param act whose kind, evidence and pack say which part of the day it belongs to. */
export function countPart(row: DayRow, act: EntryRow, share: DayPart): void {
  const key = partKey({ code: act.code ?? '', trust: act.trust ?? '', pack: act.pack ?? '' })
  const before = row.parts?.[key] ?? { acts: 0, grams: 0, metres: 0 }
  const part = {
    acts: before.acts + share.acts,
    grams: before.grams + share.grams,
    metres: before.metres + share.metres,
  }
  const { [key]: _, ...others } = row.parts ?? {}
  const isGone = part.acts === 0 && part.grams === 0 && part.metres === 0
  row.parts = isGone ? others : { ...others, [key]: part }
}
