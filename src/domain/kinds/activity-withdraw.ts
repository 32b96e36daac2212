/** An act taken back by who recorded it. */
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import { takeBack } from '../ledger/earnings.ts'
import { activityAbout, count } from '../ledger/ledger-acts.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { actOf, needsOfAbout } from './act-about.ts'
import type { CommandRules } from './kind.ts'

export const activityWithdraw: CommandRules = {
  owner: 'anybody',
  needs: needsOfAbout,
  post(ledger, body, detail) {
    count(ledger, activityAbout(ledger, detail), { outcome: 'withdrawn', grams: 0, points: 0, at: body.at })
  },
}

export function decideWithdrawal(
  command: CommandOf<'activity.withdraw'>,
  ledger: Ledger,
  world: World,
): Decision {
  const activity = actOf(command.body.activityId, ledger, world)
  // A helper is not told what else the account holds.
  const isOthers = world.helper !== undefined && activity?.helper !== world.helper
  if (!activity || isOthers) return refuse('activity_unknown')
  if (activity.outcome === 'withdrawn') return refuse('activity_withdrawn')
  if (activity.outcome === 'superseded') return refuse('activity_merged')
  return { outcome: 'accepted', reasons: [], transfers: takeBack(ledger, activity), about: activity.id }
}
