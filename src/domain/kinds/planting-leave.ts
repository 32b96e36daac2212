/** A place at a day of planting given back, as long as somebody else can still take it. */
import { madeAt } from '../base/clock.ts'
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, exchangeOf, refuse, type World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { type CommandRules, noDays } from './kind.ts'

export const plantingLeave: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, _body, detail) {
    delete ledger.plantings?.[detail.about ?? '']
  },
}

/** The tap counts, not its arrival: but what arrives after the beginning gives no place to anybody. */
export function decidePlantingLeave(
  command: CommandOf<'planting.leave'>,
  ledger: Ledger,
  world: World,
): Decision {
  const { joinId } = command.body
  const open = ledger.plantings?.[joinId]
  if (!open) return refuse('planting_over')
  if (madeAt(command, exchangeOf(world)).at > open.cancelBy || world.now >= open.startsAt)
    return refuse('planting_leave_late')
  return { outcome: 'accepted', reasons: [], transfers: [], about: joinId }
}
