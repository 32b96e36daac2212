/**
 * Which pack: `packOf` for what was, since a record names the one that it was decided by; `packInForce` for what is, by the city of the
 * account and the time of posting. A pack names the day on which it comes into force, so a phone without a network goes over to it by itself.
 * `packs` is handed in where others than the build's are to count.
 */
import type { CityId } from '../base/city.ts'
import { type Instant, startOfDay } from '../base/time.ts'
import { type ActivityGroup, methodologyOf, type Pack, type Packs } from './pack.ts'
import { PACKS } from './packs/index.ts'

/** Undefined for one that this build does not know: of a later build, or of another region. */
export function packOf(id: string, version: number, packs: Packs = PACKS): Pack | undefined {
  return packs.find((pack) => pack.id === id && pack.version === version)
}

/**
 * The one that came into force last, of those for every city and those for this one: a city's own ends with the next that is for all.
 * Without a city (nobody has chosen one yet) the one for all.
 */
export function packInForce(city: CityId | undefined, at: Instant, packs: Packs = PACKS): Pack {
  return packs.findLast((pack) => isFor(pack, city) && hasBegun(pack, at)) ?? packs[0]
}

function isFor(pack: Pack, city: CityId | undefined): boolean {
  return pack.city === undefined || pack.city === city
}

function hasBegun({ inForceOn }: Pack, at: Instant): boolean {
  return inForceOn === undefined || at >= startOfDay(inForceOn)
}

/** The one that decided a record, as long as this build knows it; else the newest, for what every pack says of evidence. */
export function packBeside(decided: { packId: string; packVersion: number }, packs: Packs = PACKS): Pack {
  return packOf(decided.packId, decided.packVersion, packs) ?? packs.at(-1) ?? packs[0]
}

/** Which group an activity's code falls under; a code of a later pack counts as daily life. */
export function groupOfCode(code: string): ActivityGroup {
  return PACKS.map((pack) => methodologyOf(pack, code)).findLast((known) => known)?.group ?? 'life'
}
