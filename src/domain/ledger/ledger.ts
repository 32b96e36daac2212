/** The fold of an account's records into its ledger, in order: the same function on both sides, so that the results can be compared. */

import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  type Instant,
  type Month,
  monthOfDay,
  startOfDay,
  yearOfDay,
} from '../base/time.ts'
import { rulesOf } from '../kinds/kinds.ts'
import { isDisputable } from '../offers/dispute.ts'
import { isForgotten } from './consent.ts'
import { setIdle } from './ledger-acts.ts'
import { keepDays } from './ledger-part.ts'
import { type Ledger, WINDOW_DAYS } from './ledger-state.ts'
import { allNeeds, type Needs } from './needs.ts'
import { prolongedWithin, setProlonged } from './prolonged.ts'
import type { RecordBody, RecordDetail } from './record.ts'
import { move, type Transfer } from './transfer.ts'

export { factsOf, findActivity, isCounted, isFirstWeek, rememberedOn } from './ledger-acts.ts'
export { emptyLedger, isOfThisFold, type Ledger, type PostedActivity, WINDOW_DAYS } from './ledger-state.ts'

export function copyOf(ledger: Ledger): Ledger {
  return structuredClone(ledger)
}

/**
 * Folds the next record into the ledger, in place. Transfers of any kind are applied, also of one that this version does not know.
 * Throws when the record does not follow or breaks an invariant; the ledger is then spoilt, so fold into a copy.
 */
export function post(ledger: Ledger, body: RecordBody, detail: RecordDetail | undefined): void {
  if (body.seq !== ledger.seq + 1) throw new RangeError(`record ${body.seq} does not follow ${ledger.seq}`)
  ledger.seq = body.seq
  if (body.seq === 1) ledger.firstAt = body.at
  ledger.balances = move(ledger.balances, body.transfers)
  moveLots(ledger, body.transfers)
  const rules = rulesOf(body.kind)
  if (detail && body.outcome !== 'refused') rules.post(ledger, body, detail)
  if (detail && body.outcome === 'refused') rules.postRefused?.(ledger, body, detail)
  if (ledger.prolonged) setProlonged(ledger, prolongedWithin(ledger.prolonged, ledger.lots))
  prune(ledger, dayOf(body.at))
}

/** What of the account's days the posting of these records reads or changes. */
export function needsToPost(
  records: readonly { body: RecordBody; detail: RecordDetail | undefined }[],
): Needs {
  return allNeeds(
    records.flatMap(({ body, detail }) => (detail ? [rulesOf(body.kind).needs(body, detail)] : [])),
  )
}

function moveLots(ledger: Ledger, transfers: readonly Transfer[]): void {
  const touched = transfers.filter(
    (t) => t.asset === 'points' && t.lot && (t.debit === 'available' || t.credit === 'available'),
  )
  if (touched.length === 0) return
  const lots = new Map(ledger.lots.map((lot) => [lot.month, lot.available]))
  for (const { debit, amount, lot } of touched) {
    const left = (lots.get(lot as Month) ?? 0) + (debit === 'available' ? -amount : amount)
    if (left < 0) throw new RangeError(`lot ${lot} below zero`)
    lots.set(lot as Month, left)
  }
  ledger.lots = [...lots]
    .filter(([, available]) => available > 0)
    .map(([month, available]) => ({ month, available }))
    .sort((a, b) => (a.month < b.month ? -1 : 1))
}

/** Forgets what no decision looks at any more. By the record's own time, so that every fold forgets the same. */
function prune(ledger: Ledger, today: Day): void {
  if (today <= ledger.prunedOn) return
  ledger.prunedOn = today
  const firstDay = addDays(today, -WINDOW_DAYS)
  const firstMonth = addMonths(monthOfDay(today), -3)
  // An act that a clock of another year timed lies ahead of all that decisions look at, and would lie there for ever.
  const lastDay = addDays(today, 1)
  keepDays(ledger, firstDay, lastDay)
  keepBetween(ledger.weekPoints, firstDay, lastDay)
  if (ledger.postedPoints) keepBetween(ledger.postedPoints, addDays(today, -7), lastDay)
  keepBetween(ledger.yearPoints, String(Number(yearOfDay(today)) - 1), lastDay)
  if (ledger.weekFen) keepBetween(ledger.weekFen, firstDay, lastDay)
  if (ledger.yearFen) keepBetween(ledger.yearFen, String(Number(yearOfDay(today)) - 1), lastDay)
  keepBetween(ledger.monthManualGrams, firstMonth, lastDay)
  keepBetween(ledger.monthQuantity, firstMonth, lastDay)
  forgetConsents(ledger, startOfDay(today))
  forgetSettled(ledger, startOfDay(today))
  setIdle(
    ledger,
    (ledger.idle ?? []).filter((key) => isBetween(key.slice(0, lastDay.length), firstDay, lastDay)),
  )
}

function forgetConsents(ledger: Ledger, now: Instant): void {
  if (!ledger.consents) return
  const kept = Object.entries(ledger.consents).filter(([, each]) => !isForgotten(each, now, WINDOW_DAYS))
  if (kept.length > 0) ledger.consents = Object.fromEntries(kept)
  else delete ledger.consents
}

function forgetSettled(ledger: Ledger, now: Instant): void {
  if (!ledger.settled) return
  const kept = Object.entries(ledger.settled).filter(([, each]) => isDisputable(each, now))
  if (kept.length > 0) ledger.settled = Object.fromEntries(kept)
  else delete ledger.settled
}

/** By day, month or year: text sorts `2026-11` and `2026-11 bike` before the days of that month. */
function keepBetween(rows: { [key: string]: unknown }, first: string, last: string): void {
  for (const key of Object.keys(rows)) if (!isBetween(key, first, last)) delete rows[key]
}

function isBetween(key: string, first: string, last: string): boolean {
  return key >= first && key <= last
}
