/** Consents and providers' reports for tests of the rules: decided and posted as the backend would, without proofs. */

import type { ActivityId } from '../../src/domain/base/ids.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { Correction, Report, ReportFacts } from '../../src/domain/evidence/report.ts'
import { decideCorrection, decideReport } from '../../src/domain/kinds/report-decision.ts'
import { type ConsentId, scopeOf } from '../../src/domain/ledger/consent.ts'
import { type Decision, toldOf, type World } from '../../src/domain/ledger/decision.ts'
import { type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import { ACCOUNT, ask, claim, command, freshId, world } from './builders.ts'

export const PROVIDER = 'sample-bike'

/** The id of a consent that is in force from then on. */
export function linked(
  ledger: Ledger,
  given: { world: World; since?: number; provider?: string },
): ConsentId {
  const { since, provider = PROVIDER } = given
  const asked = command(
    'consent.give',
    {
      scope: scopeOf(provider),
      handle: freshId().replaceAll('-', ''),
      terms: '2026-11-29',
      ...(since === undefined ? {} : { since }),
    },
    given.world.now,
  )
  ask(ledger, asked, given.world)
  return asked.id
}

export function report(
  consentId: ConsentId,
  given: Partial<Omit<ActivityClaim, 'evidence'>> & { iat?: number; hasRights?: boolean; provider?: string },
): Report {
  const { iat, hasRights = true, provider = PROVIDER, ...told } = given
  const reference = freshId()
  const base = claim(told)
  return {
    provider,
    jti: reference,
    token: 'a.b.c',
    reference,
    claimId: '0'.repeat(64),
    iat: iat ?? base.endedAt ?? base.startedAt,
    consentId,
    claim: { ...base, evidence: { trust: 'provider', provider, reference } },
    hasRights,
  }
}

/** The decision and the act's id; undefined where nothing is posted. */
export function tell(
  ledger: Ledger,
  told: Report,
  given: World = world(),
): { id: ActivityId; decision: Decision } | undefined {
  const decision = decideReport(told, ledger, given)
  if (!decision) return undefined
  const id = freshId()
  postTold(ledger, { kind: 'activity.report', id, decision, facts: told, at: given.now })
  return { id, decision }
}

export function correct(
  ledger: Ledger,
  told: Report,
  change: Pick<Correction, 'activityId'> & { quantity?: ActivityClaim['quantity'] },
  given: World = world(),
): Decision | undefined {
  const { claim: first, ...facts } = told
  const { activityId, quantity } = change
  const correction: Correction = {
    ...facts,
    jti: freshId(),
    activityId,
    ...(quantity ? { claim: { ...first, quantity } } : {}),
  }
  const decision = decideCorrection(correction, ledger, given)
  const id = `activity.correct:${activityId}:${correction.jti}`
  if (decision) postTold(ledger, { kind: 'activity.correct', id, decision, facts: correction, at: given.now })
  return decision
}

function postTold(
  ledger: Ledger,
  made: {
    kind: 'activity.report' | 'activity.correct'
    id: string
    decision: Decision
    facts: ReportFacts
    at: number
  },
): void {
  const { kind, id, decision, facts, at } = made
  const { outcome, transfers } = decision
  const body = { v: 1, account: ACCOUNT, seq: ledger.seq + 1, at, kind, id, outcome, transfers } as const
  post(ledger, body, { ...toldOf(decision), report: facts })
}
