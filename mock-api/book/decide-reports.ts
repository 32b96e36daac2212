/** Reports upon one account, in one append: each decided upon the account as the ones before it left it, by the rules for every act. */
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Report, ReportFacts } from '../../src/domain/evidence/report.ts'
import {
  decideCorrection,
  decideReport,
  needsOfCorrection,
  needsOfReport,
} from '../../src/domain/kinds/report-decision.ts'
import { type Decision, toldOf, type World } from '../../src/domain/ledger/decision.ts'
import { allNeeds, type Needs } from '../../src/domain/ledger/needs.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import type { Deps } from '../base/deps.ts'
import { readKnown } from '../storage/records.ts'
import { lookUp } from '../storage/state.ts'
import { changeAccount } from './append.ts'
import { breathe } from './breathe.ts'
import { draftDueSteps } from './sweep-account.ts'
import { draft, type Writing } from './writing.ts'

export interface ToDecide {
  readonly eventKey: string
  readonly facts: ReportFacts
  readonly kind: 'reported' | 'corrected'
  /** Of the act that is reported, or corrected. */
  readonly activityId: string
}

/** `dropped`: nothing was posted, and nothing tells that there was a report. */
type Decided = 'posted' | 'dropped'

export async function decideReports(
  deps: Deps,
  accountId: AccountId,
  reports: readonly ToDecide[],
): Promise<ReadonlyMap<string, Decided>> {
  const declared = await deps.providers.all()
  return changeAccount(deps, accountId, async (writing) => {
    const known = await readKnown(deps.db, accountId, reports.map(recordIdOf))
    const fresh = reports.filter((each) => !known.has(recordIdOf(each)))
    const decided = new Map<string, Decided>(reports.map(({ eventKey }) => [eventKey, 'posted']))
    if (fresh.length === 0) return decided
    const world = worldFor(deps, writing, writing.at)
    const named = fresh.map((each) => ({
      each,
      hasRights: areRightsDeclared(declared, each.facts, writing.at),
    }))
    draftDueSteps(writing)
    await lookUp(deps.db, writing, allNeeds(named.map((one) => needsOf(one, world))))
    for (const [place, one] of named.entries()) {
      if (!draftReport(writing, one, world)) decided.set(one.each.eventKey, 'dropped')
      await breathe(place + 1)
    }
    return decided
  })
}

type Providers = Awaited<ReturnType<Deps['providers']['all']>>

/** Whether a declaration in force says who may claim what such an act saves. */
export function areRightsDeclared(
  providers: Providers,
  { provider, claim }: ReportFacts,
  at: Instant,
): boolean {
  const declarations = providers.get(provider)?.declarations ?? []
  return declarations.some(
    ({ codes, cities, validFrom, validUntil }) =>
      validFrom <= at &&
      at < validUntil &&
      (claim === undefined || (codes.includes(claim.code) && cities.includes(claim.city))),
  )
}

export function worldFor({ packs }: Deps, { account }: Writing, at: Instant): World {
  return { now: at, pack: packInForce(account.city, at, packs), offer: () => undefined }
}

interface Named {
  readonly each: Omit<ToDecide, 'eventKey'>
  readonly hasRights: boolean
}

/** A report is its act's record; a correction has one of its own. */
function recordIdOf({ kind, activityId, facts }: Named['each']): string {
  return kind === 'reported' ? activityId : `activity.correct:${activityId}:${facts.jti}`
}

export function needsOf({ each, hasRights }: Named, world: World): Needs {
  const { facts, activityId } = each
  return each.kind === 'reported'
    ? needsOfReport({ ...facts, hasRights } as Report, world)
    : needsOfCorrection({ ...facts, hasRights, activityId: activityId as ActivityId }, world)
}

/** False: there is nothing to post. `provenAt`: when it was decided first, before a backup was restored. */
export function draftReport(
  writing: Writing,
  named: Named,
  world: World,
  told: Pick<RecordDetail, 'provenAt'> = {},
): boolean {
  const { each, hasRights } = named
  const decision = decisionOn(writing, { each, hasRights }, world)
  if (!decision) return false
  draft(writing, {
    by: 'provider',
    id: recordIdOf(each),
    kind: each.kind === 'reported' ? 'activity.report' : 'activity.correct',
    outcome: decision.outcome,
    transfers: decision.transfers,
    detail: { report: each.facts, ...toldOf(decision), ...told },
  })
  return true
}

function decisionOn({ ledger }: Writing, { each, hasRights }: Named, world: World): Decision | undefined {
  const { facts, kind, activityId } = each
  return kind === 'reported'
    ? decideReport({ ...facts, hasRights } as Report, ledger, world)
    : decideCorrection({ ...facts, hasRights, activityId: activityId as ActivityId }, ledger, world)
}
