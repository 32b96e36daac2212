/** A pick-up booked with a service that the person has linked. */
import type { CommandOf } from '../ledger/command.ts'
import { scopeOf } from '../ledger/consent.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { askedIn } from '../ledger/open-record.ts'
import { isWindow, OPEN_PICKUPS_MAX } from '../taking-part/pickup.ts'
import { type CommandRules, noDays } from './kind.ts'

export const pickupBook: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, body, detail) {
    const booking = askedIn('pickup.book', detail)
    if (!booking) return
    const { provider, to } = booking
    ledger.pickups = { ...ledger.pickups, [body.id]: { provider, to, state: 'booked' } }
  },
}

export function decideBooking({ body }: CommandOf<'pickup.book'>, ledger: Ledger, { now }: World): Decision {
  const scope = scopeOf(body.provider)
  const isLinked = Object.values(ledger.consents ?? {}).some(
    (each) => each.scope === scope && each.endedAt === undefined,
  )
  if (!isLinked) return refuse('service_not_linked')
  if (Object.keys(ledger.pickups ?? {}).length >= OPEN_PICKUPS_MAX)
    return refuse('too_many_pickups', { limit: OPEN_PICKUPS_MAX })
  if (!isWindow(body, now)) return refuse('pickup_window')
  return { outcome: 'accepted', reasons: [], transfers: [] }
}
