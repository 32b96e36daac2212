/** What a provider says of an act, decided and drafted: once for a report that has come, and once for one that a restored backend was shown. */
import type { ActivityId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Correction, Report, ReportFacts } from '../../src/domain/evidence/report.ts'
import {
  decideCorrection,
  decideReport,
  needsOfCorrection,
  needsOfReport,
} from '../../src/domain/kinds/report-decision.ts'
import { type Decision, toldOf, type World } from '../../src/domain/ledger/decision.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import type { Deps } from '../base/deps.ts'
import { lookUp } from '../storage/state.ts'
import { draftCame } from './sign-ups.ts'
import { type Draft, draft, type Writing } from './writing.ts'

interface Asked {
  /** Of the record that it becomes: `reportId`, or `correctionId`. */
  readonly id: string
  /** Of one that is proven to have been posted: as of then. */
  readonly provenAt?: Instant
}

/** Of a correction: the same message twice is one record. */
export function correctionId(activityId: ActivityId, jti: string): string {
  return `activity.correct:${activityId}:${jti}`
}

/** Undefined when nobody has agreed to it: then nothing is written. */
export async function draftReport(
  deps: Deps,
  writing: Writing,
  { report, ...asked }: Asked & { readonly report: Report },
): Promise<Draft | undefined> {
  const world = worldOf(deps, writing, asked)
  await lookUp(deps.db, writing, needsOfReport(report, world))
  const decision = decideReport(report, writing.ledger, world)
  if (!decision) return undefined
  const made = draftOf(writing, 'activity.report', { ...asked, decision, facts: report })
  draftCame(writing, { id: asked.id, report })
  return made
}

/** Undefined for an act that the account does not have, or that counts no more: then nothing is written. */
export async function draftCorrection(
  deps: Deps,
  writing: Writing,
  { correction, ...asked }: Asked & { readonly correction: Correction },
): Promise<Draft | undefined> {
  const world = worldOf(deps, writing, asked)
  await lookUp(deps.db, writing, needsOfCorrection(correction, world))
  const decision = decideCorrection(correction, writing.ledger, world)
  return decision && draftOf(writing, 'activity.correct', { ...asked, decision, facts: correction })
}

function worldOf({ packs }: Deps, { account, at }: Writing, { provenAt: now = at }: Asked): World {
  return { now, pack: packInForce(account.city, now, packs), offer: () => undefined }
}

function draftOf(
  writing: Writing,
  kind: 'activity.report' | 'activity.correct',
  made: Asked & { readonly decision: Decision; readonly facts: ReportFacts },
): Draft {
  const { id, decision, facts, provenAt } = made
  const { provider, jti, token, reference, claimId, iat, consentId, claim } = facts
  const report = { provider, jti, token, reference, claimId, iat, consentId, ...(claim ? { claim } : {}) }
  return draft(writing, {
    by: 'provider',
    kind,
    id,
    outcome: decision.outcome,
    transfers: decision.transfers,
    detail: { ...toldOf(decision), report, ...(provenAt === undefined ? {} : { provenAt }) },
  })
}
