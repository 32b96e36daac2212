/**
 * The acts of a ledger that are the same as a new one, or cannot have been beside it. What is better evidence, or stood first where both are
 * equal, stays; what is less gives way. What is in review takes no part until it is granted.
 */

import type { ActivityId } from '../base/ids.ts'
import type { Reason } from '../base/reason.ts'
import { addDays, dayOf } from '../base/time.ts'
import { beats, type Relation, relationOf, type SameActRules, type ToldAct } from '../evidence/same-act.ts'
import { methodologyOf, type Pack } from '../methodology/pack.ts'
import { isCounted } from './ledger-acts.ts'
import { actsOn } from './ledger-part.ts'
import type { Ledger, PostedActivity } from './ledger-state.ts'

interface Rival {
  readonly act: PostedActivity
  readonly relation: Relation
}

export interface Rivals {
  /** It stands, and the new act does not. */
  readonly stronger?: Rival
  /** The same, by less evidence. */
  readonly supersedes: readonly PostedActivity[]
  /** Impossible beside it, and less evidence. */
  readonly displaces: readonly PostedActivity[]
}

const NO_RIVALS: Rivals = { supersedes: [], displaces: [] }

/** So many acts give way to one; one that would take back more is not believed. */
export const GIVE_WAY_MAX = 8

/** @param without the act itself, where it stands in the ledger already */
export function rivalsOf(
  told: ToldAct | undefined,
  ledger: Ledger,
  { pack, without }: { readonly pack: Pack; readonly without?: ActivityId | undefined },
): Rivals {
  const rules = rulesOf(pack)
  if (!rules || !told) return NO_RIVALS
  const all = countedAround(told, ledger).flatMap((act): Rival[] => {
    const relation = act.id === without ? undefined : relationOf(told, toldBy(act), rules)
    return relation ? [{ act, relation }] : []
  })
  const [weaker, stronger] = [true, false].map((isWeaker) =>
    all.filter(({ act }) => beats(told.trust, act.trust) === isWeaker),
  ) as [Rival[], Rival[]]
  const first = stronger.find(({ relation }) => relation === 'same') ?? stronger[0]
  if (first) return { ...NO_RIVALS, stronger: first }
  const [one] = weaker
  if (one && weaker.length > GIVE_WAY_MAX)
    return { ...NO_RIVALS, stronger: { act: one.act, relation: 'collision' } }
  const which = (wanted: Relation) =>
    weaker.flatMap(({ act, relation }) => (relation === wanted ? [act] : []))
  return { supersedes: which('same'), displaces: which('collision') }
}

/** Why the new act does not count: it is one with what stands, or both cannot have been. */
export function reasonOf({ act, relation }: Rival): Reason {
  if (relation === 'same') return { code: 'merged' }
  const { startedAt, endedAt } = act
  return { code: 'overlap', numbers: { startedAt, ...(endedAt === undefined ? {} : { endedAt }) } }
}

/** As a record's detail names those that give way. */
export function idsOf({ supersedes, displaces }: Pick<Rivals, 'supersedes' | 'displaces'>): {
  readonly supersedes?: readonly ActivityId[]
  readonly displaces?: readonly ActivityId[]
} {
  return {
    ...(supersedes.length > 0 ? { supersedes: supersedes.map(({ id }) => id) } : {}),
    ...(displaces.length > 0 ? { displaces: displaces.map(({ id }) => id) } : {}),
  }
}

/** Trips of a day may end on the next one; of other acts only the day itself counts. */
function countedAround({ startedAt, metres }: ToldAct, ledger: Ledger): PostedActivity[] {
  const day = dayOf(startedAt)
  const days = metres === undefined ? [day] : [addDays(day, -1), day, addDays(day, 1)]
  return days.flatMap((each) => actsOn(ledger, each)).filter(isCounted)
}

export function toldBy({ code, trust, startedAt, endedAt, tripMetres, isDefault }: PostedActivity): ToldAct {
  return {
    code,
    trust,
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(tripMetres === undefined ? {} : { metres: tripMetres }),
    ...(isDefault ? { isDefault } : {}),
  }
}

/** Undefined in packs that rejected whatever came second. */
export function rulesOf(pack: Pack): SameActRules | undefined {
  const { sameAct } = pack
  if (!sameAct) return undefined
  return {
    families: sameAct.families,
    sharedPerMille: sameAct.sharedPerMille.value,
    lengthPerMille: sameAct.lengthPerMille.value,
    collisionPerMille: sameAct.collisionPerMille.value,
    momentMinutes: sameAct.momentMinutes.value,
    speedOf(code) {
      const methodology = methodologyOf(pack, code)
      return methodology?.kind === 'travel' ? methodology.typicalSpeedMetresPerHour.value : 0
    },
  }
}
