/** A day of planting as it is from now on: checked against who holds it and against what is published, then kept with its places. */
import type { Provider } from '../../src/contract/providers.ts'
import type { PlantingDay } from '../../src/domain/taking-part/planting.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import { putPlantingDay } from '../storage/planting-days.ts'
import { ensurePlaces } from './planting-places.ts'

/** What a service of this kind reports. */
const TREE = 'tree'

/** A day as it would be published; its revision follows the one before. */
export function dayOfDraft(
  { id: provider, sample }: Provider,
  draft: Omit<PlantingDay, 'provider' | 'revision' | 'sample'>,
  before: PlantingDay | undefined,
): PlantingDay {
  return { ...draft, provider, revision: (before?.revision ?? 0) + 1, sample }
}

/** Whether the two say the same of the day. */
export function isSameDay(before: PlantingDay, day: PlantingDay): boolean {
  return canonicalJson({ ...before, revision: 0 }) === canonicalJson({ ...day, revision: 0 })
}

/** Which member is in the way, and what it should be: `city: no planting of bike there`. Undefined: nothing is. */
export function plantingFault(
  { id, codes, cities }: Provider,
  day: PlantingDay,
  before: PlantingDay | undefined,
): string | undefined {
  if (!codes.includes(TREE) || !cities.includes(day.city)) return `city: no planting of ${id} there`
  if (!before) return undefined
  if (before.provider !== day.provider) return `id: ${day.id} is another service’s`
  if (before.calledOff) return `id: ${day.id} was called off, publish it under another`
  if (before.city !== day.city) return 'city: of a day that is published it stays'
  // Whoever was promised one of them has it.
  if (day.places < before.places) return `places: ${before.places} are published, never fewer`
  return undefined
}

/** Said again, it is what it was. False: somebody has published another in between. */
export async function keepPlantingDay(
  deps: Deps,
  day: PlantingDay,
  before: PlantingDay | undefined,
): Promise<boolean> {
  if (before && isSameDay(before, day)) {
    await ensurePlaces(deps, before)
    return true
  }
  if (!(await putPlantingDay(deps.db, day, before?.revision ?? 0))) return false
  await ensurePlaces(deps, day)
  return true
}
