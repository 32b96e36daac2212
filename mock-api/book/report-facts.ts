/** What a report says, read from its token: which was checked when it came, and is checked again by the phone that shows it. */
import type { ReportFacts } from '../../src/domain/evidence/report.ts'
import { claimId } from '../../src/proof/act-ids.ts'
import type { Claims } from '../../src/proof/keys.ts'
import type { ReportClaims } from '../../src/proof/report-token.ts'
import { reportedAct } from '../../src/proof/reported-act.ts'

/** What of a stored token is asked for here: it was checked when it came, and its key may have ended since. */
interface Said {
  readonly jti: string
  readonly iat: number
  readonly sub_id: { readonly id: string }
  readonly events: Readonly<Record<string, Claims>>
}

export function claimsIn(token: string, provider: string): ReportClaims {
  const said = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Said
  const { jti, iat, sub_id, events } = said
  const [[name, body] = ['', {}]] = Object.entries(events)
  const event = name.split(':').at(-1) as ReportClaims['event']
  return { provider, jti, iat: iat * 1000, handle: sub_id.id, event, body }
}

export async function factsOf(
  claims: ReportClaims,
  { token, consentId }: { readonly token: string; readonly consentId: string },
): Promise<ReportFacts> {
  const { provider, jti, iat, body } = claims
  const act = claims.event === 'act-withdrawn' ? undefined : reportedAct(claims)
  const reference = act?.reference ?? String(body.reference)
  return {
    ...{ provider, jti, token, reference, claimId: await claimId(provider, reference), iat, consentId },
    ...(act ? { claim: act.claim } : {}),
  }
}
