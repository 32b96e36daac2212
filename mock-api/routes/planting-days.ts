/** Days of planting in a city with the places left, for everybody; publishing and changing one is its holder's. */

import type { PlantingDays, PlantingDraft } from '../../src/contract/planting.ts'
import type { Provider } from '../../src/contract/providers.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import type { PlantingDay } from '../../src/domain/taking-part/planting.ts'
import type { Deps } from '../base/deps.ts'
import { ensurePlaces, placesLeft } from '../book/planting-places.ts'
import { dayOfDraft, isSameDay, keepPlantingDay, plantingFault } from '../book/publish-planting.ts'
import { samplePlantingDays } from '../demo/sample-planting.ts'
import { isPlantingTold } from '../feeds/planting.ts'
import { ProblemError } from '../http/problem.ts'
import { putPlantingDay, readPlantingDays, readPlantingDaysOf } from '../storage/planting-days.ts'

/** What is over is told for so long: somebody was there and looks for it. */
const PAST_KEPT_MS = 30 * DAY_MS

export async function plantingDaysOf(deps: Deps, city: CityId): Promise<PlantingDays> {
  const read = () => readPlantingDays(deps.db, city, deps.now() - PAST_KEPT_MS)
  let days = await read()
  if (await addSamples(deps, city, days)) days = await read()
  const told = days.filter((day) => isPlantingTold(deps, day))
  const left = await placesTold(deps, told)
  return { days: told.map((day) => ({ ...day, left: left(day) })) }
}

/** How many places of each can be had: none where nobody is to come. */
export async function placesTold(
  deps: Deps,
  days: readonly PlantingDay[],
): Promise<(day: PlantingDay) => number> {
  const left = await placesLeft(deps, days)
  return ({ id, calledOff }) => (calledOff ? 0 : (left.get(id) ?? 0))
}

/** A demo that runs for weeks always has some to come; kept, because a sign-up is decided by what is kept. */
export async function addSamples(deps: Deps, city: CityId, known: readonly PlantingDay[]): Promise<boolean> {
  if (!deps.config.demo) return false
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
  const before = (await readPlantingDaysOf(deps.db, [id])).get(id)
  const day = dayOfDraft(provider, { ...draft, id }, before)
  const isKnown = before !== undefined && isSameDay(before, day)
  const fault = isKnown ? undefined : plantingFault(provider, day, before)
  if (fault !== undefined) throw new ProblemError('malformed', { detail: fault })
  if (!(await keepPlantingDay(deps, day, before))) throw new ProblemError('busy')
  return isKnown ? before : day
}
