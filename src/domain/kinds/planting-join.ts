/** A place taken at a day of planting trees, with a service that the person has linked. */
import type { CommandOf } from '../ledger/command.ts'
import { scopeOf } from '../ledger/consent.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { askedIn } from '../ledger/open-record.ts'
import { isStillOpen, OPEN_SIGN_UPS_MAX, type PlantingDay, type SignUp } from '../taking-part/planting.ts'
import { type CommandRules, noDays } from './kind.ts'

export const plantingJoin: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, body, detail) {
    const signUp = askedIn('planting.join', detail)
    if (!signUp) return
    // One of which nobody ever said who came is let go.
    const open = Object.entries(ledger.plantings ?? {}).filter(([, each]) => isStillOpen(each, body.at))
    ledger.plantings = { ...Object.fromEntries(open), [body.id]: signUp }
  },
}

/** Whether a place is left only the backend knows; a phone without a network expects one. Refused or not, the day is named as it stands. */
export function decideJoining({ body }: CommandOf<'planting.join'>, ledger: Ledger, world: World): Decision {
  const published = world.plantingDay?.(body.dayId)
  const day = published?.provider === body.provider ? published : undefined
  const decision = joining(body, ledger, { ...world, day })
  return day ? { ...decision, planting: day } : decision
}

function joining(
  body: SignUp,
  ledger: Ledger,
  world: World & { readonly day: PlantingDay | undefined },
): Decision {
  const scope = scopeOf(body.provider)
  const isLinked = Object.values(ledger.consents ?? {}).some(
    (each) => each.scope === scope && each.endedAt === undefined,
  )
  if (!isLinked) return refuse('service_not_linked')
  const open = Object.values(ledger.plantings ?? {})
  if (open.some(({ dayId }) => dayId === body.dayId)) return refuse('planting_joined')
  if (open.filter(({ endsAt }) => endsAt > world.now).length >= OPEN_SIGN_UPS_MAX)
    return refuse('too_many_plantings', { limit: OPEN_SIGN_UPS_MAX })
  if (body.startsAt <= world.now) return refuse('planting_begun')
  if (!world.plantingDay) return { outcome: 'accepted', reasons: [], transfers: [] }
  const { day } = world
  if (!day) return refuse('planting_unknown')
  if (day.calledOff) return refuse('planting_off')
  if (!isAsSeen(body, day)) return refuse('planting_moved')
  if (world.place) return refuse(world.place)
  return { outcome: 'accepted', reasons: [], transfers: [] }
}

/** Who signed up for Saturday does not come on Sunday. */
function isAsSeen(seen: SignUp, day: PlantingDay): boolean {
  return seen.startsAt === day.startsAt && seen.endsAt === day.endsAt && seen.cancelBy === day.cancelBy
}
