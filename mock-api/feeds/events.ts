/** The events of a city with their dates, for everybody; publishing one, with the code of its check-in, is the operator's. */
import type { OccurrenceDraft, OccurrencesAnswer } from '../../src/contract/events.ts'
import type { CityId } from '../../src/domain/city.ts'
import type { Occurrence } from '../../src/domain/occurrence.ts'
import { addDays, dayOf } from '../../src/domain/time.ts'
import type { Points } from '../../src/domain/units.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../deps.ts'
import { putOccurrence, readOccurrences, readOccurrencesOf } from '../storage/occurrences.ts'
import { sampleEvents } from './sample-events.ts'

/** What is over is told for so long: somebody checked in there and looks for it. */
const PAST_KEPT_DAYS = 30
const SAMPLE_CODE_LENGTH = 6

export async function occurrencesOf(deps: Deps, city: CityId): Promise<OccurrencesAnswer> {
  const today = dayOf(deps.now())
  const read = async () =>
    (await readOccurrences(deps.db, city, addDays(today, -PAST_KEPT_DAYS))).map(({ event }) => event)
  let events = await read()
  if (deps.config.demo && (await addSamples(deps, city, events))) events = await read()
  return { occurrences: [...events].sort((a, b) => (a.fromDay + a.id < b.fromDay + b.id ? -1 : 1)) }
}

/** A demo that runs for weeks always has one that is open; kept, because a check-in is decided by what is kept. */
async function addSamples(deps: Deps, city: CityId, known: readonly Occurrence[]): Promise<boolean> {
  const missing = sampleEvents(city, dayOf(deps.now())).filter(({ id }) =>
    known.every((each) => each.id !== id),
  )
  for (const event of missing)
    await publish(deps, event, event.hasCheckIn ? sampleCode(deps, event.id) : undefined)
  return missing.length > 0
}

function sampleCode(deps: Deps, id: string): string {
  return deps.secret.codeDigest('event', id).slice(0, SAMPLE_CODE_LENGTH).toUpperCase()
}

function publish(deps: Deps, event: Occurrence, code: string | undefined): Promise<void> {
  return putOccurrence(deps.db, { event, text: canonicalJson(event), code })
}

export async function publishOccurrence(deps: Deps, draft: OccurrenceDraft): Promise<Occurrence> {
  const { code, id, points, ...what } = draft
  const event: Occurrence = {
    ...what,
    id: id ?? `${what.eventId.slice(0, 40)}-${what.city}-${what.fromDay.replaceAll('-', '')}`,
    points: points as Points,
    hasCheckIn: code !== undefined,
  }
  await publish(deps, event, code)
  return event
}

/** As it is compared; undefined where there is no such event, or no check-in. */
export async function codeOf(deps: Deps, id: string): Promise<string | undefined> {
  if (id.includes('\u0000')) return undefined // no column of PostgreSQL can be compared with it
  return (await readOccurrencesOf(deps.db, [id])).get(id)?.code ?? undefined
}
