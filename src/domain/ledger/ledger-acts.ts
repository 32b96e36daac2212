/** The acts' part of the fold: what an act counts towards limits, and the newest of those that count nothing. */

import type { ActivityId } from '../base/ids.ts'
import {
  DAY_MS,
  type Day,
  dayOf,
  type Instant,
  type Month,
  monthOfDay,
  weekOfDay,
  yearOfDay,
} from '../base/time.ts'
import type { Grams, Points } from '../base/units.ts'
import type { ActivityClaim, Evidence } from '../evidence/activity.ts'
import type { Assessment } from '../methodology/assess.ts'
import { timesOf } from '../methodology/corrected-times.ts'
import { actBy, dropAct, holdAct } from './ledger-part.ts'
import { type ActFacts, IDLE_ACTS_MAX, type Ledger, type PostedActivity } from './ledger-state.ts'
import { allNeeds, type Needs, NO_NEEDS } from './needs.ts'
import { claimIn } from './open-record.ts'
import type { RecordBody, RecordDetail } from './record.ts'

export function findActivity(ledger: Ledger, id: ActivityId): PostedActivity | undefined {
  return actBy(ledger, id)
}

export function activityAbout(ledger: Ledger, detail: RecordDetail): PostedActivity | undefined {
  return detail.about === undefined ? undefined : findActivity(ledger, detail.about as ActivityId)
}

/** The month's lot that the record's points went into; nothing when they all repaid a debt. */
export function lotOf({ transfers }: RecordBody): { lot?: Month } {
  const lot = transfers.find(
    ({ asset, debit, credit }) => asset === 'points' && debit === 'issuance' && credit === 'available',
  )?.lot
  return lot === undefined ? {} : { lot }
}

/** An act that the state has let go, by what the record of its review says of it. */
export function comeBack(ledger: Ledger, act: ActFacts | undefined): PostedActivity | undefined {
  return act && hold(ledger, { ...act, outcome: 'review', grams: 0, points: 0 })
}

function hold(ledger: Ledger, activity: PostedActivity): PostedActivity {
  holdAct(ledger, dayOf(activity.startedAt), activity)
  return activity
}

/** What the fold keeps of an act, whatever becomes of it. */
export function factsOf(
  id: ActivityId,
  claim: ActivityClaim,
  { assessment, by }: { assessment: Assessment; by?: RecordDetail['by'] },
): ActFacts {
  return {
    id,
    ...(by?.helper ? { helper: by.helper.id } : {}),
    code: claim.code,
    ...timesOf(claim, assessment),
    trust: claim.evidence.trust,
    quantity: assessment.counted?.value ?? 0,
    ...(assessment.claimed?.unit === 'metre' ? { tripMetres: assessment.claimed.value } : {}),
    ...digestsOf(claim.evidence),
    ...(assessment.reasons.some(({ code }) => code === 'default_distance') ? { isDefault: true } : {}),
  }
}

export function rememberActivity(ledger: Ledger, body: RecordBody, detail: RecordDetail): void {
  const { assessment } = detail
  const claim = claimIn(detail)
  if (!assessment || !claim) return
  const taken = takeIn(ledger, body, detail)
  const facts = factsOf(body.id as ActivityId, claim, { ...detail, assessment })
  const activity = hold(ledger, { ...facts, outcome: 'review', grams: 0, points: 0 })
  count(ledger, activity, { ...taken, ...verdictIn(body, detail) })
}

/** What a provider says later of an act: how much it was, or that it was none. Its kind and its beginning stay. */
export function correctActivity(
  ledger: Ledger,
  activity: PostedActivity,
  { body, detail }: { body: RecordBody; detail: RecordDetail },
): void {
  const { assessment } = detail
  const claim = claimIn(detail)
  const taken = takeIn(ledger, body, detail)
  const { quantity, ...facts } = assessment && claim ? factsOf(activity.id, claim, { assessment }) : activity
  Object.assign(activity, facts)
  count(ledger, activity, { ...taken, ...verdictIn(body, detail), quantity })
}

/** What the act of a record counts. What is in review counts towards no limit until it is decided. */
function verdictIn(body: RecordBody, detail: RecordDetail) {
  const { outcome, at } = body
  const { rewardGrams: grams = 0, points = 0 } = isCounted(body) ? (detail.assessment ?? {}) : {}
  return { outcome: isMerged(detail) ? ('superseded' as const) : outcome, grams, points, ...lotOf(body), at }
}

/** Whether better evidence of the same act stood already. */
export function isMerged({ reasons }: Pick<RecordDetail, 'reasons'>): boolean {
  return reasons?.some(({ code }) => code === 'merged') ?? false
}

/** Acts that give way to that of the record count no more. What they brought stays in its lot: the record moves the difference alone. */
export function takeIn(ledger: Ledger, { at }: RecordBody, detail: RecordDetail): { lot?: Month } {
  const lots: (Month | undefined)[] = []
  const giveWay = (id: string, outcome: 'superseded' | 'rejected') => {
    const act = findActivity(ledger, id as ActivityId)
    lots.push(act?.lot)
    count(ledger, act, { outcome, grams: 0, points: 0, at })
  }
  for (const id of detail.supersedes ?? []) giveWay(id, 'superseded')
  for (const id of detail.displaces ?? []) giveWay(id, 'rejected')
  const lot = lots.find((each) => each !== undefined)
  return lot === undefined ? {} : { lot }
}

/** The ledger as if these acts had never been: with the limits that they use up. The ledger itself stays as it is. */
export function freedOf(ledger: Ledger, acts: readonly PostedActivity[]): Ledger {
  const { weekPoints, yearPoints, monthManualGrams, monthQuantity, postedPoints } = ledger
  const freed: Ledger = {
    ...ledger,
    days: { ...ledger.days },
    weekPoints: { ...weekPoints },
    yearPoints: { ...yearPoints },
    monthManualGrams: { ...monthManualGrams },
    monthQuantity: { ...monthQuantity },
    ...(postedPoints ? { postedPoints: { ...postedPoints } } : {}),
  }
  for (const act of acts) {
    countSums(freed, { ...act }, { outcome: 'superseded', grams: 0, points: 0, at: act.startedAt })
    dropAct(freed, dayOf(act.startedAt), act.id)
  }
  return freed
}

/** Of the acts that give way to that of the record. */
export function needsOfTaken({ supersedes = [], displaces = [] }: RecordDetail): Needs {
  const acts = [...supersedes, ...displaces]
  return { ...NO_NEEDS, acts, idle: acts.length }
}

/** Of a record that holds an act: its day, and those that give way to it. */
export function needsOfActRecord(_body: RecordBody, detail: RecordDetail): Needs {
  const day = rememberedOn(detail)
  if (day === undefined) return NO_NEEDS
  return allNeeds([needsOfTaken(detail), { ...NO_NEEDS, days: [day], idle: 1 }])
}

/** The day under which the record's act is filed: where it is found by its id. Undefined for a record that holds none. */
export function rememberedOn(detail: RecordDetail): Day | undefined {
  const { assessment } = detail
  const claim = claimIn(detail)
  return assessment && claim && dayOf(timesOf(claim, assessment).startedAt)
}

function digestsOf(evidence: Evidence): Pick<PostedActivity, 'digest' | 'file'> {
  if (!('digest' in evidence)) return {}
  return { digest: evidence.digest, ...(evidence.file === undefined ? {} : { file: evidence.file }) }
}

interface Counted {
  readonly outcome: PostedActivity['outcome']
  readonly grams: Grams
  readonly points: Points
  readonly lot?: Month
  readonly at: Instant
}

/** Brings the sums of week, month and year from what the activity counted before to what it counts now. */
export function count(
  ledger: Ledger,
  activity: PostedActivity | undefined,
  next: Counted & { quantity?: number },
): void {
  if (!activity) return
  countSums(ledger, activity, next)
  noteIdle(ledger, activity)
}

/** The sums alone: which acts count nothing is another's to note. */
function countSums(ledger: Ledger, activity: PostedActivity, next: Counted & { quantity?: number }): void {
  const day = dayOf(activity.startedAt)
  const month = monthOfDay(day)
  const points = next.points - activity.points
  add(ledger.weekPoints, weekOfDay(day), points)
  add(ledger.yearPoints, yearOfDay(day), points)
  if (activity.trust === 'manual') add(ledger.monthManualGrams, month, next.grams - activity.grams)
  const { quantity: amount = activity.quantity } = next
  const quantity = (isCounted(next) ? amount : 0) - (isCounted(activity) ? activity.quantity : 0)
  add(ledger.monthQuantity, `${month} ${activity.code}`, quantity)
  if (activity.trust !== 'provider') countPosted(ledger, activity, next)
  activity.quantity = amount
  activity.outcome = next.outcome
  activity.grams = next.grams
  activity.points = next.points
  if (next.lot !== undefined) activity.lot = next.lot
  else if (next.points === 0) delete activity.lot
}

/** Keeps the newest acts that count nothing, and lets the others go. */
function noteIdle(ledger: Ledger, { id, startedAt, grams, points }: PostedActivity): void {
  const key = `${dayOf(startedAt)} ${id}`
  const idle = (ledger.idle ?? []).filter((each) => each !== key)
  if (grams === 0 && points === 0) idle.push(key)
  if (idle.length > IDLE_ACTS_MAX) letGo(ledger, idle.shift() as string)
  setIdle(ledger, idle)
}

function letGo(ledger: Ledger, key: string): void {
  const [day = '', id = ''] = key.split(' ')
  dropAct(ledger, day, id)
}

export function setIdle(ledger: Ledger, idle: string[]): void {
  if (idle.length > 0) ledger.idle = idle
  else delete ledger.idle
}

/** More is earned when it is posted, and counts there as a whole; what is taken back gives room where it was earned. */
function countPosted(ledger: Ledger, activity: PostedActivity, next: { points: Points; at: Instant }): void {
  const { points: before, postedAt } = activity
  if (postedAt !== undefined) addPosted(ledger, postedAt, -before)
  if (postedAt === undefined && next.points <= before) return // of an older fold: it stands in no sum
  const at = next.points > before || postedAt === undefined ? next.at : postedAt
  addPosted(ledger, at, next.points)
  activity.postedAt = at
}

function addPosted(ledger: Ledger, at: Instant, points: Points): void {
  const day = dayOf(at)
  ledger.postedPoints ??= {}
  // A day that is forgotten already counts no more.
  if (points > 0 || ledger.postedPoints[day] !== undefined) add(ledger.postedPoints, day, points)
  if (isFirstWeek(ledger, at)) ledger.firstWeekPoints = (ledger.firstWeekPoints ?? 0) + points
}

const FIRST_WEEK_MS = 7 * DAY_MS

/** Also before anything was posted: the first record is then the next one. */
export function isFirstWeek({ seq, firstAt }: Ledger, at: Instant): boolean {
  return firstAt === undefined ? seq === 0 : at < firstAt + FIRST_WEEK_MS
}

/** Whether an activity uses up limits: not when it was refused, taken back, or is still being looked at. */
export function isCounted({ outcome }: Pick<PostedActivity, 'outcome'>): boolean {
  return outcome === 'accepted' || outcome === 'adjusted'
}

function add(sums: { [key: string]: number }, key: string, amount: number): void {
  const sum = (sums[key] ?? 0) + amount
  if (sum === 0) delete sums[key]
  else sums[key] = sum
}
