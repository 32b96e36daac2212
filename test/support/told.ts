/** A provider's report and what it says later, posted to an account by the backend as if its token had just come and was checked. */
import { decideReports } from '../../mock-api/book/decide-reports.ts'
import type { ActionContext } from '../../src/actions/context.ts'
import { makeCommand } from '../../src/actions/make-command.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { Report } from '../../src/domain/evidence/report.ts'
import { type ConsentId, scopeOf } from '../../src/domain/ledger/consent.ts'
import { claimId, reportId } from '../../src/proof/act-ids.ts'
import type { Backend } from './backend.ts'

/** Links a service on the phone: from then on, or from the time that is named. */
export async function agree(
  context: ActionContext,
  given: { provider: string; since?: number; handle?: string },
): Promise<ConsentId> {
  const { provider, since, handle = context.newId().replaceAll('-', '') } = given
  const body = { scope: scopeOf(provider), handle, terms: '2026-11-29' }
  const command = makeCommand(context, 'consent.give', { ...body, ...(since === undefined ? {} : { since }) })
  await enqueue(context.db, command)
  return command.id
}

export interface Told {
  readonly id: ActivityId
  readonly report: Report
}

export async function tellBackend(
  { deps }: Backend,
  accountId: AccountId,
  given: {
    consentId: ConsentId
    ride: Omit<ActivityClaim, 'evidence'>
    provider?: string
    reference: string
    token?: string
  },
): Promise<Told | undefined> {
  const { consentId, ride, provider = 'bike', reference, token = 'a.b.c' } = given
  const id = (await reportId(provider, reference)) as ActivityId
  const report: Report = {
    provider,
    jti: reference,
    token,
    reference,
    claimId: await claimId(provider, reference),
    iat: ride.endedAt ?? ride.startedAt,
    consentId,
    claim: { ...ride, evidence: { trust: 'provider', provider, reference } },
    hasRights: true,
  }
  const { hasRights: _, ...facts } = report
  const each = { eventKey: id, facts, kind: 'reported', activityId: id } as const
  return (await decideReports(deps, { accountId, before: undefined }, [each])).get(id) === 'posted'
    ? { id, report }
    : undefined
}

/** Without a quantity it takes the act back. */
export async function correctBackend(
  { deps }: Backend,
  accountId: AccountId,
  { id: activityId, report }: Told,
  change: { jti: string; quantity?: ActivityClaim['quantity'] },
): Promise<boolean> {
  const { claim, hasRights: _, ...rest } = report
  const { jti, quantity } = change
  const facts = { ...rest, jti, ...(quantity ? { claim: { ...claim, quantity } } : {}) }
  const each = { eventKey: jti, facts, kind: 'corrected', activityId } as const
  return (await decideReports(deps, { accountId, before: undefined }, [each])).get(jti) === 'posted'
}
