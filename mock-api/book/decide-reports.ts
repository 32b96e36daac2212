/** Reports upon one account, in one append: each decided upon the account as the ones before it left it. */
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { ReportFacts } from '../../src/domain/evidence/report.ts'
import type { Deps } from '../base/deps.ts'
import type { AccountWithState } from '../storage/accounts.ts'
import { readKnown } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { breathe } from './breathe.ts'
import { correctionId, draftCorrection, draftReport } from './draft-report.ts'
import { draftDueSteps } from './sweep-account.ts'
import type { Writing } from './writing.ts'

export interface ToDecide {
  readonly eventKey: string
  readonly facts: ReportFacts
  readonly kind: 'reported' | 'corrected'
  /** Of the act that is reported, or corrected. */
  readonly activityId: ActivityId
}

/** `dropped`: nothing was posted, and nothing tells that there was a report. */
type Decided = 'posted' | 'dropped'

/** As read a moment ago for many at once: good for the first attempt. */
export interface Before {
  readonly account: AccountWithState
  /** Records that are there, as `readKnownIn` names them. */
  readonly known: ReadonlySet<string>
}

export async function decideReports(
  deps: Deps,
  { accountId, before }: { readonly accountId: AccountId; readonly before: Before | undefined },
  reports: readonly ToDecide[],
): Promise<ReadonlyMap<string, Decided>> {
  const providers = await deps.providers.all()
  let given = before
  const readFresh = async () => {
    const first = given
    given = undefined
    if (first) return reports.filter((each) => !first.known.has(`${accountId} ${recordIdOf(each)}`))
    const known = await readKnown(deps.db, accountId, reports.map(recordIdOf))
    return reports.filter((each) => !known.has(recordIdOf(each)))
  }
  const decide = async (writing: Writing) => {
    const fresh = await readFresh()
    const decided = new Map<string, Decided>(reports.map(({ eventKey }) => [eventKey, 'posted']))
    if (fresh.length > 0) draftDueSteps(writing)
    for (const [place, each] of fresh.entries()) {
      const hasRights = areRightsDeclared(providers, each.facts, writing.at)
      if (!(await draftOne(deps, writing, { ...each, hasRights }))) decided.set(each.eventKey, 'dropped')
      await breathe(place + 1)
    }
    return decided
  }
  return changeAccount(deps, accountId, decide, { known: before?.account })
}

/** A report is its act's record; a correction has one of its own. */
export function recordIdOf({ kind, activityId, facts }: ToDecide): string {
  return kind === 'reported' ? activityId : correctionId(activityId, facts.jti)
}

function draftOne(deps: Deps, writing: Writing, asked: ToDecide & { readonly hasRights: boolean }) {
  const { facts, kind, activityId, hasRights } = asked
  const { claim } = facts
  const id = recordIdOf(asked)
  if (kind === 'corrected')
    return draftCorrection(deps, writing, { id, correction: { ...facts, activityId, hasRights } })
  if (!claim) throw new Error('a report has an act')
  return draftReport(deps, writing, { id, report: { ...facts, claim, hasRights } })
}

type Providers = Awaited<ReturnType<Deps['providers']['all']>>

/** Whether a declaration in force says who may claim what such an act saves. */
function areRightsDeclared(providers: Providers, { provider, claim }: ReportFacts, at: Instant): boolean {
  const declarations = providers.get(provider)?.declarations ?? []
  return declarations.some(
    ({ codes, cities, validFrom, validUntil }) =>
      validFrom <= at &&
      at < validUntil &&
      (claim === undefined || (codes.includes(claim.code) && cities.includes(claim.city))),
  )
}
