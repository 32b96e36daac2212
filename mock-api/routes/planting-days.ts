/** Days of planting in a city with the places left, for everybody; publishing and changing one is its holder's. */

import type { PlantingDays, PlantingDraft } from '../../src/contract/planting.ts'
import type { Provider } from '../../src/contract/providers.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import type { PlantingDay } from '../../src/domain/taking-part/planting.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import { ensurePlaces, placesLeft } from '../book/planting-places.ts'
import { samplePlantingDays } from '../demo/sample-planting.ts'
import { isPlantingTold } from '../feeds/planting.ts'
import { ProblemError } from '../http/problem.ts'
import { putPlantingDay, readPlantingDays, readPlantingDaysOf } from '../storage/planting-days.ts'

/** What is over is told for so long: somebody was there and looks for it. */
const PAST_KEPT_MS = 30 * DAY_MS
/** What a service of this kind reports. */
const TREE = 'tree'

export async function plantingDaysOf(deps: Deps, city: CityId): Promise<PlantingDays> {
  const read = () => readPlantingDays(deps.db, city, deps.now() - PAST_KEPT_MS)
  let days = await read()
  if (deps.config.demo && (await addSamples(deps, city, days))) days = await read()
  const told = days.filter((day) => isPlantingTold(deps, day))
  const left = await placesLeft(deps, told)
  return { days: told.map((day) => ({ ...day, left: day.calledOff ? 0 : (left.get(day.id) ?? 0) })) }
}

/** A demo that runs for weeks always has some to come; kept, because a sign-up is decided by what is kept. */
async function addSamples(deps: Deps, city: CityId, known: readonly PlantingDay[]): Promise<boolean> {
  const missing = samplePlantingDays(city, deps.now()).filter(({ id }) =>
    known.every((each) => each.id !== id),
  )
  for (const day of missing) {
    await putPlantingDay(deps.db, day, 0)
    await ensurePlaces(deps, day)
  }
  return missing.length > 0
}

/** Sent again, it is what it was. Places are added to and never taken away; what was called off stays so. */
export async function publishPlantingDay(
  deps: Deps,
  provider: Provider,
  { id, draft }: { readonly id: string; readonly draft: PlantingDraft },
): Promise<PlantingDay> {
  const { codes, cities, sample } = provider
  if (!codes.includes(TREE) || !cities.includes(draft.city))
    throw new ProblemError('malformed', { detail: `city: no planting of ${provider.id} there` })
  const before = (await readPlantingDaysOf(deps.db, [id])).get(id)
  const revision = (before?.revision ?? 0) + 1
  const day: PlantingDay = { ...draft, id, provider: provider.id, revision, sample }
  if (before && isSame(before, day)) {
    await ensurePlaces(deps, before)
    return before
  }
  const wrong = before && whatCannotChange(before, day)
  if (wrong) throw new ProblemError('malformed', { detail: wrong })
  if (!(await putPlantingDay(deps.db, day, before?.revision ?? 0))) throw new ProblemError('busy')
  await ensurePlaces(deps, day)
  return day
}

function isSame(before: PlantingDay, day: PlantingDay): boolean {
  return canonicalJson({ ...before, revision: 0 }) === canonicalJson({ ...day, revision: 0 })
}

function whatCannotChange(before: PlantingDay, day: PlantingDay): string | undefined {
  if (before.provider !== day.provider) return `id: ${day.id} is another service’s`
  if (before.calledOff) return `id: ${day.id} was called off, publish it under another`
  if (before.city !== day.city) return 'city: of a day that is published it stays'
  if (day.places < before.places) return `places: ${before.places} are published, never fewer`
  return undefined
}
