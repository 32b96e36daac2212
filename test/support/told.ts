/** A provider's report and what it says later, posted to an account by the backend as if its token had just come and was checked. */
import { changeAccount } from '../../mock-api/book/append.ts'
import { correctionId, draftCorrection, draftReport } from '../../mock-api/book/draft-report.ts'
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { Report } from '../../src/domain/evidence/report.ts'
import type { ConsentId } from '../../src/domain/ledger/consent.ts'
import { claimId, reportId } from '../../src/proof/act-ids.ts'
import type { Backend } from './backend.ts'

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
  const drafted = await changeAccount(deps, accountId, (writing) =>
    draftReport(deps, writing, { id, report }),
  )
  return drafted && { id, report }
}

/** Without a quantity it takes the act back. */
export async function correctBackend(
  { deps }: Backend,
  accountId: AccountId,
  { id: activityId, report }: Told,
  change: { jti: string; quantity?: ActivityClaim['quantity'] },
): Promise<boolean> {
  const { claim, ...facts } = report
  const { jti, quantity } = change
  const correction = { ...facts, jti, activityId, ...(quantity ? { claim: { ...claim, quantity } } : {}) }
  const id = correctionId(activityId, jti)
  return (
    (await changeAccount(deps, accountId, (writing) =>
      draftCorrection(deps, writing, { id, correction }),
    )) !== undefined
  )
}
