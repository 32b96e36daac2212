/** The fold of an account's records into its ledger, in order: the same function on both sides, so that the results can be compared. */
import type { CommandBodies, CommandKind, CommandOf } from './command.ts'
import type { OfferId, VoucherId } from './ids.ts'
import { activityAbout, comeBack, count, lotOf, rememberActivity, setIdle } from './ledger-acts.ts'
import { type Ledger, WINDOW_DAYS } from './ledger-state.ts'
import { mergeProlonged, type Prolonged, prolongedWithin, takeProlonged, withoutParts } from './prolonged.ts'
import type { RecordBody, RecordDetail } from './record.ts'
import { addDays, addMonths, type Day, dayOf, type Month, monthOfDay, yearOfDay } from './time.ts'
import { move, type Transfer } from './transfer.ts'
import type { Points } from './units.ts'
import { isFinal } from './voice.ts'
import { type OpenVoucher, returnsAtBy } from './voucher.ts'

export { factsOf, findActivity, isCounted, isFirstWeek } from './ledger-acts.ts'
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
  if (detail && body.outcome !== 'refused') remember(ledger, body, detail)
  if (ledger.prolonged) setProlonged(ledger, prolongedWithin(ledger.prolonged, ledger.lots))
  if (detail?.reasons?.some(({ code }) => code === 'event_code_wrong')) countWrongCode(ledger, dayOf(body.at))
  prune(ledger, dayOf(body.at))
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

function remember(ledger: Ledger, body: RecordBody, detail: RecordDetail): void {
  switch (body.kind) {
    case 'activity.record':
      rememberActivity(ledger, body, detail)
      return
    case 'activity.withdraw':
      count(ledger, activityAbout(ledger, detail), { outcome: 'withdrawn', grams: 0, points: 0, at: body.at })
      return
    case 'activity.appeal': {
      const activity = activityAbout(ledger, detail)
      if (activity) activity.appealed = true
      return
    }
    case 'review.decide':
      count(ledger, activityAbout(ledger, detail) ?? comeBack(ledger, detail.act), {
        outcome: body.outcome,
        grams: detail.assessment?.rewardGrams ?? 0,
        points: detail.assessment?.points ?? 0,
        ...lotOf(body),
        at: body.at,
      })
      return
    case 'quiz.answer': {
      const { questionId } = bodyOf<'quiz.answer'>(detail) ?? {}
      if (questionId !== undefined) ledger.answered = { ...ledger.answered, [questionId]: earnedBy(body) }
      return
    }
    case 'event.check-in': {
      const { occurrenceId } = bodyOf<'event.check-in'>(detail) ?? {}
      if (occurrenceId !== undefined) ledger.attended = { ...ledger.attended, [occurrenceId]: body.at }
      return
    }
    case 'feedback.send':
    case 'case.nominate':
      ledger.openVoices = { ...ledger.openVoices, [body.id]: body.at }
      return
    case 'voice.answer':
      if (detail.voiceState && isFinal(detail.voiceState)) delete ledger.openVoices?.[detail.about ?? '']
      return
    case 'voucher.redeem':
      rememberVoucher(ledger, body, detail)
      return
    case 'voucher.cancel':
    case 'voucher.expire': {
      const voucher = ledger.vouchers[detail.about as VoucherId]
      if (!voucher) return
      // Until a shop that was offline has had its time to tell, the points stay held.
      const endedAt = body.kind === 'voucher.expire' ? voucher.expiresAt : body.at
      ledger.vouchers[detail.about as VoucherId] = {
        ...voucher,
        endedAt,
        returnsAt: returnsAtBy(endedAt, detail),
      }
      return
    }
    case 'voucher.return':
      if (detail.prolonged) setProlonged(ledger, mergeProlonged(ledger.prolonged, detail.prolonged))
      freeLimit(ledger, ledger.vouchers[detail.about as VoucherId])
      delete ledger.vouchers[detail.about as VoucherId]
      return
    case 'voucher.settle':
      delete ledger.vouchers[detail.about as VoucherId]
      return
    default:
      return
  }
}

/** Check-ins on that day whose code was wrong. */
export function wrongCodesOn({ wrongCodes }: Ledger, day: Day): number {
  return wrongCodes?.day === day ? wrongCodes.count : 0
}

function countWrongCode(ledger: Ledger, day: Day): void {
  ledger.wrongCodes = { day, count: wrongCodesOn(ledger, day) + 1 }
}

function bodyOf<Kind extends CommandKind>(detail: RecordDetail): CommandBodies[Kind] | undefined {
  if (detail.command === undefined) return undefined
  return (JSON.parse(detail.command) as CommandOf<Kind>).body as CommandBodies[Kind]
}

/** Points that the record brought, a debt repaid by them included. */
function earnedBy({ transfers }: RecordBody): Points {
  return transfers
    .filter(({ asset, debit }) => asset === 'points' && debit === 'issuance')
    .reduce((sum, { amount }) => sum + amount, 0)
}

/** The offer can be had once more by who gave a voucher of it back. */
function freeLimit({ bought }: Ledger, voucher: OpenVoucher | undefined): void {
  if (!voucher) return
  const left = (bought[voucher.offerId] ?? 0) - 1
  if (left > 0) bought[voucher.offerId] = left
  else delete bought[voucher.offerId]
}

function rememberVoucher(ledger: Ledger, body: RecordBody, detail: RecordDetail): void {
  const { voucher } = detail
  if (!voucher) return
  const offerId = voucher.offerId as OfferId
  ledger.bought[offerId] = (ledger.bought[offerId] ?? 0) + 1
  const taken = body.transfers
    .filter((t) => t.asset === 'points' && t.debit === 'available' && t.credit === 'held')
    .map((t) => ({ month: t.lot as Month, points: t.amount }))
  if (taken.length === 0) return // a donation is settled at once
  const parts = takeProlonged(ledger.prolonged, taken)
  if (ledger.prolonged) setProlonged(ledger, withoutParts(ledger.prolonged, parts))
  ledger.vouchers[body.id as VoucherId] = {
    offerId,
    merchantId: voucher.merchantId as OpenVoucher['merchantId'],
    pricePoints: voucher.pricePoints,
    issuedAt: body.at,
    expiresAt: voucher.expiresAt,
    parts,
  }
}

function setProlonged(ledger: Ledger, prolonged: Prolonged | undefined): void {
  if (prolonged) ledger.prolonged = prolonged
  else delete ledger.prolonged
}

/** Forgets what no decision looks at any more. By the record's own time, so that every fold forgets the same. */
function prune(ledger: Ledger, today: Day): void {
  if (today <= ledger.prunedOn) return
  ledger.prunedOn = today
  const firstDay = addDays(today, -WINDOW_DAYS)
  const firstMonth = addMonths(monthOfDay(today), -3)
  // An act that a clock of another year timed lies ahead of all that decisions look at, and would lie there for ever.
  const lastDay = addDays(today, 1)
  keepBetween(ledger.days, firstDay, lastDay)
  keepBetween(ledger.weekPoints, firstDay, lastDay)
  if (ledger.postedPoints) keepBetween(ledger.postedPoints, addDays(today, -7), lastDay)
  keepBetween(ledger.yearPoints, String(Number(yearOfDay(today)) - 1), lastDay)
  keepBetween(ledger.monthManualGrams, firstMonth, lastDay)
  keepBetween(ledger.monthQuantity, firstMonth, lastDay)
  setIdle(
    ledger,
    (ledger.idle ?? []).filter((key) => ledger.days[key.slice(0, lastDay.length)] !== undefined),
  )
}

/** By day, month or year: text sorts `2026-11` and `2026-11 bike` before the days of that month. */
function keepBetween(rows: { [key: string]: unknown }, first: string, last: string): void {
  for (const key of Object.keys(rows)) if (key < first || key > last) delete rows[key]
}
