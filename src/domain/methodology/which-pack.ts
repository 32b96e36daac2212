/**
 * Which pack: `packOf` for what was, since a record names the one that it was decided by; `packInForce` for what is, by the time of
 * posting. A pack names the day on which it comes into force, so a phone without a network goes over to it by itself.
 */
import { type Instant, startOfDay } from '../base/time.ts'
import { type ActivityGroup, methodologyOf, type Pack } from './pack.ts'
import { PACKS } from './packs/index.ts'

/** Undefined for one that this build does not know: of a later build, or of another region. */
export function packOf(id: string, version: number): Pack | undefined {
  return PACKS.find((pack) => pack.id === id && pack.version === version)
}

export function packInForce(at: Instant): Pack {
  return PACKS.findLast(({ inForceOn }) => inForceOn === undefined || at >= startOfDay(inForceOn)) ?? PACKS[0]
}

/** For what is said beside a record whose own pack this build does not know. */
export const NEWEST_PACK: Pack = PACKS.at(-1) ?? PACKS[0]

/** Which group an activity's code falls under; a code of a later pack counts as daily life. */
export function groupOfCode(code: string): ActivityGroup {
  return PACKS.map((pack) => methodologyOf(pack, code)).findLast((known) => known)?.group ?? 'life'
}
