/**
 * The decision on what a provider reports. The provider states, the backend decides: by the rules for every act, and only with the consent that
 * was in force when it began. Undefined: nothing is posted, and nothing tells that there was a report.
 */
import type { Reason } from '../base/reason.ts'
import { dayOf, daysBetween } from '../base/time.ts'
import type { Correction, Report } from '../evidence/report.ts'
import { covers, scopeOf } from '../ledger/consent.ts'
import type { Decision, World } from '../ledger/decision.ts'
import { moveTo } from '../ledger/earnings.ts'
import { decisionBy, judge, needsToJudge } from '../ledger/judge.ts'
import { findActivity } from '../ledger/ledger-acts.ts'
import type { Ledger, PostedActivity } from '../ledger/ledger-state.ts'
import { allNeeds, type Needs } from '../ledger/needs.ts'
import { needsOfAct } from './act-about.ts'
import type { Foreknown } from './kind.ts'

export function decideReport(report: Report, ledger: Ledger, world: World): Decision | undefined {
  const { pack, now } = world
  const { claim, provider, consentId, iat } = report
  const consent = ledger.consents?.[consentId]
  if (consent?.scope !== scopeOf(provider)) return undefined
  if (!covers(consent, claim.startedAt, pack.maxAgeDays.value)) return undefined
  const findings = [...(world.findings ?? []), ...lateness(report, world), ...rights(report)]
  // By the provider's own clocks: a card that settles after two days costs nobody anything.
  return decisionBy(judge(claim, ledger, { pack, now, statedAt: iat, findings }), ledger, { now })
}

export function needsOfReport({ claim }: Report, { pack }: Foreknown): Needs {
  return needsToJudge(claim, claim.startedAt, pack)
}

export function decideCorrection(correction: Correction, ledger: Ledger, world: World): Decision | undefined {
  const act = findActivity(ledger, correction.activityId)
  // What the person has taken back stays so, and what is part of another act counts there.
  if (!act || act.outcome === 'withdrawn' || act.outcome === 'superseded') return undefined
  const about = { about: act.id }
  const decision = correction.claim
    ? corrected(act, correction, { ledger, world })
    : takenBack(act, ledger, world)
  return { ...decision, ...about }
}

export function needsOfCorrection({ activityId, claim }: Correction, { pack }: Foreknown): Needs {
  const own = needsOfAct(activityId)
  return claim ? allNeeds([own, needsToJudge(claim, claim.startedAt, pack)]) : own
}

function corrected(
  standing: PostedActivity,
  { claim, hasRights }: Correction,
  { ledger, world }: { ledger: Ledger; world: World },
): Decision {
  const { pack, now } = world
  const { code, startedAt } = standing
  const judged = judge({ ...(claim as NonNullable<typeof claim>), code, startedAt }, ledger, {
    pack,
    now,
    standing,
    // It was not too old when it was reported, and does not become it.
    statedAt: startedAt,
    findings: rights({ hasRights }),
  })
  const decision = decisionBy(judged, ledger, { now, standing })
  if (standing.outcome !== 'review') return decision
  // A person still has to look: at what it is by now.
  const { supersedes: _, displaces: __, ...rest } = decision
  return { ...rest, outcome: 'review', transfers: [] }
}

function takenBack(act: PostedActivity, ledger: Ledger, { now }: World): Decision {
  return {
    outcome: 'rejected',
    reasons: [{ code: 'report_withdrawn' }],
    transfers: moveTo(ledger, [act], { grams: 0, points: 0, now }),
  }
}

function lateness({ claim }: Report, { pack, now }: World): Reason[] {
  const given = daysBetween(dayOf(claim.startedAt), dayOf(now))
  const limit = pack.maxAgeDays.value
  return given > limit ? [{ code: 'report_late', numbers: { limit, given } }] : []
}

function rights({ hasRights }: Pick<Report, 'hasRights'>): Reason[] {
  return hasRights ? [] : [{ code: 'rights_missing' }]
}
