/** What a provider says later of an act that it reported: how much it was by now, or that it was none. */
import { activityAbout, correctActivity, needsOfTaken } from '../ledger/ledger-acts.ts'
import { allNeeds } from '../ledger/needs.ts'
import { needsOfAbout } from './act-about.ts'
import type { StepRules } from './kind.ts'

export const activityCorrect: StepRules = {
  needs: (body, detail) => allNeeds([needsOfAbout(body, detail), needsOfTaken(detail)]),
  post(ledger, body, detail) {
    const activity = activityAbout(ledger, detail)
    if (activity) correctActivity(ledger, activity, { body, detail })
  },
}
