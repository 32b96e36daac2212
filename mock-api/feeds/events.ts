/** The events of a city with their dates, for everybody; publishing one, with the code of its check-in, and calling it off are the operator's. */
import type { OccurrenceDraft, OccurrencesAnswer, WithdrawalDraft } from '../../src/contract/events.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { addDays, dayOf } from '../../src/domain/base/time.ts'
import type { Points } from '../../src/domain/base/units.ts'
import { type Occurrence, plainCode } from '../../src/domain/taking-part/occurrence.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import { sampleEvents } from '../demo/sample-events.ts'
import { ProblemError } from '../http/problem.ts'
import {
  addOccurrence,
  type NewOccurrence,
  type OccurrenceRow,
  putOccurrence,
  readOccurrences,
  readOccurrencesOf,
  withdrawOccurrence,
} from '../storage/occurrences.ts'

/** What is over is told for so long: somebody checked in there and looks for it. */
const PAST_KEPT_DAYS = 30
const SAMPLE_CODE_LENGTH = 6
/** Events of one kind on one day in one city: more is a script that has lost its way. */
const SAME_DAY_MAX = 50

/** `tellsWithdrawn`: to an app that can read it; an older one is no longer told of such an event. */
export async function occurrencesOf(
  deps: Deps,
  city: CityId,
  { tellsWithdrawn }: { tellsWithdrawn: boolean },
): Promise<OccurrencesAnswer> {
  const today = dayOf(deps.now())
  const read = async () =>
    (await readOccurrences(deps.db, city, addDays(today, -PAST_KEPT_DAYS))).map(({ event }) => event)
  let events = await read()
  if (deps.config.demo && (await addSamples(deps, city, events))) events = await read()
  return {
    occurrences: events
      .filter((event) => isTold(deps, event) && (tellsWithdrawn || !event.withdrawn))
      .sort((a, b) => (a.fromDay + a.id < b.fromDay + b.id ? -1 : 1)),
  }
}

/** Samples that a demo left in the database are nobody's events once the demo is off. */
function isTold(deps: Deps, { sample }: Occurrence): boolean {
  return deps.config.demo || !sample
}

/** Those that are told, by their ids, with their codes: what a check-in is decided by. */
export async function toldOccurrencesOf(
  deps: Deps,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OccurrenceRow>> {
  const rows = await readOccurrencesOf(deps.db, ids)
  return new Map([...rows].filter(([, { event }]) => isTold(deps, event)))
}

/** A demo that runs for weeks always has one that is open; kept, because a check-in is decided by what is kept. */
async function addSamples(deps: Deps, city: CityId, known: readonly Occurrence[]): Promise<boolean> {
  const missing = sampleEvents(city, dayOf(deps.now())).filter(({ id }) =>
    known.every((each) => each.id !== id),
  )
  for (const event of missing)
    await addOccurrence(deps.db, stored(event, event.hasCheckIn ? sampleCode(deps, event.id) : undefined))
  return missing.length > 0
}

function sampleCode(deps: Deps, id: string): string {
  return deps.secret.codeDigest('event', id).slice(0, SAMPLE_CODE_LENGTH).toUpperCase()
}

function stored(event: Occurrence, code: string | undefined): NewOccurrence {
  return { event, text: canonicalJson(event), code }
}

export async function publishOccurrence(deps: Deps, draft: OccurrenceDraft): Promise<Occurrence> {
  const { code, id, points, ...what } = draft
  const event = (named: string): Occurrence => ({
    ...what,
    id: named,
    points: points as Points,
    hasCheckIn: code !== undefined,
  })
  if (id === undefined) return addUnderFreeId(deps, event, draft)
  if (await putOccurrence(deps.db, stored(event(id), code))) return event(id)
  throw new ProblemError('malformed', { detail: `id: ${id} was withdrawn, publish it under another` })
}

/**
 * Named after its kind, city and first day. Where that name is taken by another, it is counted up; where the very same was published under
 * it, that is this one, sent again because its answer was lost.
 */
async function addUnderFreeId(
  deps: Deps,
  named: (id: string) => Occurrence,
  { eventId, city, fromDay, code }: OccurrenceDraft,
): Promise<Occurrence> {
  const base = `${eventId.slice(0, 40)}-${city}-${fromDay.replaceAll('-', '')}`
  for (let count = 1; count <= SAME_DAY_MAX; count++) {
    const event = named(count === 1 ? base : `${base}-${count}`)
    if (await addOccurrence(deps.db, stored(event, code))) return event
    const there = (await readOccurrencesOf(deps.db, [event.id])).get(event.id)
    const isSame =
      there !== undefined &&
      canonicalJson(there.event) === canonicalJson(event) &&
      there.code === (code === undefined ? null : plainCode(code))
    if (isSame) return event
  }
  throw new ProblemError('malformed', { detail: `eventId: ${SAME_DAY_MAX} of that day are published` })
}

/** Told again, it is what it was: the first word stands. */
export async function withdrawOccurrenceOf(
  deps: Deps,
  id: string,
  words: WithdrawalDraft,
): Promise<Occurrence> {
  if (!(await findEvent(deps, id))) throw new ProblemError('not_found')
  await withdrawOccurrence(deps.db, id, canonicalJson({ at: deps.now(), ...words }))
  return (await findEvent(deps, id)) as Occurrence
}

export async function findEvent(deps: Deps, id: string): Promise<Occurrence | undefined> {
  return (await findOccurrence(deps, id))?.event
}

async function findOccurrence(deps: Deps, id: string): Promise<OccurrenceRow | undefined> {
  if (id.includes('\u0000')) return undefined // no column of PostgreSQL can be compared with it
  return (await toldOccurrencesOf(deps, [id])).get(id)
}

/** As it is compared; undefined where there is no such event, or no check-in. */
export async function codeOf(deps: Deps, id: string): Promise<string | undefined> {
  return (await findOccurrence(deps, id))?.code ?? undefined
}
