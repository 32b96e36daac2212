/** A leg of a recorded trip as it would be claimed, and the list of all that then leaves the phone. Pure. */
import { type CityId, isCityId } from '../../domain/base/city.ts'
import type { ActivityClaim } from '../../domain/evidence/activity.ts'
import { type Methodology, methodologyOf, type Pack } from '../../domain/methodology/pack.ts'
import type { DraftTrack } from '../../stores/log-draft.ts'
import { trackClaim } from '../log/draft-claim.ts'
import type { ReadTrip } from '../log/read-track.ts'

/** How a leg was gone: a code of the pack, with the city where it is not in the person's own (`metro@qingdao`); none: not to be logged. */
export type Way = string
export const SKIPPED = 'skipped'
/** In a vehicle, and nobody has said which. */
export const UNSAID = ''

/** Nearest first, for one tap; whatever else the pack has comes after. */
const NEAR: Readonly<Record<ReadTrip['kind'], readonly string[]>> = {
  walk: ['walk', 'bike'],
  bike: ['bike', 'ebike', 'walk'],
  vehicle: ['bus', 'metro', 'nev-ride', 'ebike', 'ev'],
}

interface WayOption {
  readonly way: Way
  readonly code: string
  /** Named where it is not the person's own. */
  readonly city?: CityId
  /** One of those that such a leg may well be: shown at once. */
  readonly isNear: boolean
}

/** What the pack takes by a track; a kind that the home city does not have, in the cities that do. */
export function waysOf(pack: Pack, kind: ReadTrip['kind'], home: CityId): WayOption[] {
  const rank = (code: string) => (NEAR[kind].includes(code) ? NEAR[kind].indexOf(code) : NEAR[kind].length)
  return pack.methodologies
    .filter(
      (each) => each.kind === 'travel' && (each.trusts.includes('gps') || each.trusts.includes('import')),
    )
    .sort((a, b) => rank(a.code) - rank(b.code))
    .flatMap(({ code, cities }): WayOption[] =>
      !cities || cities.includes(home)
        ? [{ way: code, code, isNear: NEAR[kind].includes(code) }]
        : cities.map((city) => ({ way: `${code}@${city}`, code, city, isNear: false })),
    )
}

/** Of a vehicle a track does not say which: that is asked. Of a leg without a signal there is nothing to log until the person says so. */
export function likelyWay({ kind, sport, track }: ReadTrip): Way {
  if (track.measured.recordedMetres === 0) return SKIPPED
  if (sport === 'ebike') return sport
  return kind === 'vehicle' ? UNSAID : kind
}

export interface LegClaim {
  readonly methodology: Methodology
  readonly claim: ActivityClaim
}

/** Undefined where it is not to be logged, or not said yet. */
export function legClaim(
  track: DraftTrack,
  way: Way,
  { pack, home }: { pack: Pack; home: CityId },
): LegClaim | undefined {
  const [code = '', elsewhere] = way.split('@')
  const methodology = methodologyOf(pack, code)
  if (!methodology) return undefined
  const city = elsewhere !== undefined && isCityId(elsewhere) ? elsewhere : home
  return { methodology, claim: trackClaim(track, methodology, { code, city }, 'gps') }
}

interface SentMember {
  /** Its path in the body of the command. */
  readonly path: string
  readonly value: string | number
}

/** Every member of the claim, as it is: nothing is left out of the list that is shown. */
export function sentMembers(claim: ActivityClaim): SentMember[] {
  const walk = (value: object, path: string): SentMember[] =>
    Object.entries(value).flatMap(([name, each]): SentMember[] => {
      const here = path ? `${path}.${name}` : name
      if (Array.isArray(each)) return [{ path: here, value: each.join(' ') }]
      return typeof each === 'object' && each !== null ? walk(each, here) : [{ path: here, value: each }]
    })
  return walk(claim, '')
}
