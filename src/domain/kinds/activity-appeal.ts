/** A person is asked to look at an act again. */
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import { activityAbout } from '../ledger/ledger-acts.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { actOf, needsOfAbout } from './act-about.ts'
import type { CommandRules } from './kind.ts'

export const activityAppeal: CommandRules = {
  owner: 'account',
  needs: needsOfAbout,
  post(ledger, _body, detail) {
    const activity = activityAbout(ledger, detail)
    if (activity) activity.appealed = true
  },
}

export function decideAppeal(command: CommandOf<'activity.appeal'>, ledger: Ledger, world: World): Decision {
  const activity = actOf(command.body.activityId, ledger, world)
  if (!activity) return refuse('activity_unknown')
  if (activity.outcome === 'withdrawn') return refuse('activity_withdrawn')
  if (activity.outcome === 'superseded') return refuse('activity_merged')
  if (activity.appealed) return refuse('appeal_exists')
  // What the person said themselves counted in full; what somebody else reported of them can be wrong all the same.
  if (activity.outcome === 'accepted' && activity.trust !== 'provider') return refuse('appeal_pointless')
  return { outcome: 'review', reasons: [{ code: 'appealed' }], transfers: [], about: activity.id }
}
