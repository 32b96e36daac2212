/** The fold of an account's records into its ledger, in order: the same function on both sides, so that the results can be compared. */
import type { ActivityClaim } from './activity.ts'
import type { Command, CommandBodies, CommandKind, CommandOf } from './command.ts'
import type { ActivityId, OfferId, VoucherId } from './ids.ts'
import type { Ledger, PostedActivity } from './ledger-state.ts'
import { timesOf } from './methodology/corrected-times.ts'
import type { Outcome, RecordBody, RecordDetail } from './record.ts'
import { addDays, addMonths, type Day, dayOf, type Month, monthOfDay, weekOfDay, yearOfDay } from './time.ts'
import { move, type Transfer } from './transfer.ts'
import type { Grams, Points } from './units.ts'
import { isFinal } from './voice.ts'
import type { OpenVoucher } from './voucher.ts'
import { SETTLEMENT_WINDOW_MS } from './voucher.ts'

export { emptyLedger, type Ledger, type PostedActivity } from './ledger-state.ts'

/** Longer than any pack accepts activities back (45 days) by two weeks, so that an appeal after the last day still finds its act. */
export const WINDOW_DAYS = 60

export function copyOf(ledger: Ledger): Ledger {
  return structuredClone(ledger)
}

export function findActivity(ledger: Ledger, id: ActivityId): PostedActivity | undefined {
  for (const activities of Object.values(ledger.days)) {
    const found = activities.find((activity) => activity.id === id)
    if (found) return found
  }
  return undefined
}

/**
 * Folds the next record into the ledger, in place. Transfers of any kind are applied, also of one that this version does not know.
 * Throws when the record does not follow or breaks an invariant; the ledger is then spoilt, so fold into a copy.
 */
export function post(ledger: Ledger, body: RecordBody, detail: RecordDetail | undefined): void {
  if (body.seq !== ledger.seq + 1) throw new RangeError(`record ${body.seq} does not follow ${ledger.seq}`)
  ledger.seq = body.seq
  ledger.balances = move(ledger.balances, body.transfers)
  moveLots(ledger, body.transfers)
  if (detail && body.outcome !== 'refused') remember(ledger, body, detail)
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
      count(ledger, activityAbout(ledger, detail), { outcome: 'withdrawn', grams: 0, points: 0 })
      return
    case 'activity.appeal': {
      const activity = activityAbout(ledger, detail)
      if (activity) activity.appealed = true
      return
    }
    case 'review.decide':
      count(ledger, activityAbout(ledger, detail), {
        outcome: body.outcome,
        grams: detail.assessment?.rewardGrams ?? 0,
        points: detail.assessment?.points ?? 0,
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
        returnsAt: endedAt + SETTLEMENT_WINDOW_MS,
      }
      return
    }
    case 'voucher.return':
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

function activityAbout(ledger: Ledger, detail: RecordDetail): PostedActivity | undefined {
  return detail.about === undefined ? undefined : findActivity(ledger, detail.about as ActivityId)
}

function rememberActivity(ledger: Ledger, body: RecordBody, detail: RecordDetail): void {
  const { assessment } = detail
  if (!assessment || !detail.command) return
  const claim = (JSON.parse(detail.command) as Command).body as ActivityClaim
  const activity: PostedActivity = {
    id: body.id as ActivityId,
    code: claim.code,
    ...timesOf(claim, assessment),
    trust: claim.evidence.trust,
    quantity: assessment.counted?.value ?? 0,
    ...(assessment.claimed?.unit === 'metre' ? { tripMetres: assessment.claimed.value } : {}),
    ...('digest' in claim.evidence ? { digest: claim.evidence.digest } : {}),
    outcome: 'review',
    grams: 0,
    points: 0,
  }
  const activities = ledger.days[assessment.day] ?? []
  activities.push(activity)
  ledger.days[assessment.day] = activities
  // What is in review counts towards no limit until it is decided.
  const isCounted = body.outcome === 'accepted' || body.outcome === 'adjusted'
  count(ledger, activity, {
    outcome: body.outcome,
    grams: isCounted ? assessment.rewardGrams : 0,
    points: isCounted ? assessment.points : 0,
  })
}

/** Brings the sums of week, month and year from what the activity counted before to what it counts now. */
function count(
  ledger: Ledger,
  activity: PostedActivity | undefined,
  next: { outcome: Outcome | 'withdrawn'; grams: Grams; points: Points },
): void {
  if (!activity) return
  const day = dayOf(activity.startedAt)
  const month = monthOfDay(day)
  const points = next.points - activity.points
  add(ledger.weekPoints, weekOfDay(day), points)
  add(ledger.yearPoints, yearOfDay(day), points)
  if (activity.trust === 'manual') add(ledger.monthManualGrams, month, next.grams - activity.grams)
  const quantity = (isCounted(next) ? activity.quantity : 0) - (isCounted(activity) ? activity.quantity : 0)
  add(ledger.monthQuantity, `${month} ${activity.code}`, quantity)
  activity.outcome = next.outcome
  activity.grams = next.grams
  activity.points = next.points
}

/** Whether an activity uses up limits: not when it was refused, taken back, or is still being looked at. */
export function isCounted({ outcome }: { outcome: Outcome | 'withdrawn' }): boolean {
  return outcome === 'accepted' || outcome === 'adjusted'
}

function add(sums: { [key: string]: number }, key: string, amount: number): void {
  const sum = (sums[key] ?? 0) + amount
  if (sum === 0) delete sums[key]
  else sums[key] = sum
}

function rememberVoucher(ledger: Ledger, body: RecordBody, detail: RecordDetail): void {
  const { voucher } = detail
  if (!voucher) return
  const offerId = voucher.offerId as OfferId
  ledger.bought[offerId] = (ledger.bought[offerId] ?? 0) + 1
  const parts = body.transfers
    .filter((t) => t.asset === 'points' && t.debit === 'available' && t.credit === 'held')
    .map((t) => ({ month: t.lot as Month, points: t.amount }))
  if (parts.length === 0) return // a donation is settled at once
  ledger.vouchers[body.id as VoucherId] = {
    offerId,
    merchantId: voucher.merchantId as OpenVoucher['merchantId'],
    pricePoints: voucher.pricePoints,
    issuedAt: body.at,
    expiresAt: voucher.expiresAt,
    parts,
  }
}

/** Forgets what no decision looks at any more. By the record's own time, so that every fold forgets the same. */
function prune(ledger: Ledger, today: Day): void {
  if (today <= ledger.prunedOn) return
  ledger.prunedOn = today
  const firstDay = addDays(today, -WINDOW_DAYS)
  const firstMonth = addMonths(monthOfDay(today), -3)
  dropBefore(ledger.days, firstDay)
  dropBefore(ledger.weekPoints, firstDay)
  dropBefore(ledger.yearPoints, String(Number(yearOfDay(today)) - 1))
  dropBefore(ledger.monthManualGrams, firstMonth)
  dropBefore(ledger.monthQuantity, firstMonth)
}

function dropBefore(rows: { [key: string]: unknown }, first: string): void {
  for (const key of Object.keys(rows)) if (key < first) delete rows[key]
}
