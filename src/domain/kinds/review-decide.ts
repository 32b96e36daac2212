/** A person's verdict on an act in review or appealed. Who decides is the backend's matter; what it posts is the same on both sides. */

import { dayOf } from '../base/time.ts'
import {
  activityAbout,
  comeBack,
  count,
  isMerged,
  lotOf,
  needsOfTaken,
  takeIn,
} from '../ledger/ledger-acts.ts'
import { allNeeds } from '../ledger/needs.ts'
import { needsOfAbout } from './act-about.ts'
import type { StepRules } from './kind.ts'

export const reviewDecide: StepRules = {
  needs(body, detail) {
    const needs = allNeeds([needsOfAbout(body, detail), needsOfTaken(detail)])
    return detail.act ? { ...needs, days: [dayOf(detail.act.startedAt)] } : needs
  },
  post(ledger, body, detail) {
    const taken = takeIn(ledger, body, detail)
    count(ledger, activityAbout(ledger, detail) ?? comeBack(ledger, detail.act), {
      ...taken,
      outcome: isMerged(detail) ? 'superseded' : body.outcome,
      grams: detail.assessment?.rewardGrams ?? 0,
      points: detail.assessment?.points ?? 0,
      ...lotOf(body),
      at: body.at,
    })
  },
}
