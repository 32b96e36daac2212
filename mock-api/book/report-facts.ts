/** What a report says, read from its token: which was checked when it came, and is checked again by the phone that shows it. */
import { EVENT, type SetClaims } from '../../src/contract/report.ts'
import type { ReportFacts } from '../../src/domain/evidence/report.ts'
import { claimId } from '../../src/proof/act-ids.ts'

interface Named {
  readonly provider: string
  readonly token: string
  readonly consentId: string
}

/** Undefined: a token that says nothing of an act. */
export async function factsOf(
  { provider, token, consentId }: Named,
  claims: SetClaims,
): Promise<ReportFacts | undefined> {
  const { jti, iat, events } = claims
  const act =
    EVENT.reported in events
      ? events[EVENT.reported]
      : EVENT.corrected in events
        ? events[EVENT.corrected]
        : undefined
  const reference =
    act?.reference ?? (EVENT.withdrawn in events ? events[EVENT.withdrawn].reference : undefined)
  if (reference === undefined) return undefined
  return {
    ...{
      provider,
      jti,
      token,
      reference,
      claimId: await claimId(provider, reference),
      iat: iat * 1000,
      consentId,
    },
    ...(act ? { claim: claimOf(provider, act) } : {}),
  }
}

type Act = Extract<SetClaims['events'], { [EVENT.reported]: unknown }>[typeof EVENT.reported]

function claimOf(
  provider: string,
  { reference, code, city, start, end, quantity, note }: Act,
): NonNullable<ReportFacts['claim']> {
  return {
    code,
    city,
    startedAt: start * 1000,
    ...(end === undefined ? {} : { endedAt: end * 1000 }),
    ...(quantity ? { quantity } : {}),
    evidence: { trust: 'provider', provider, reference },
    ...(note === undefined ? {} : { note }),
  }
}

/** Of a token that was checked when it was stored. */
export function claimsIn(token: string): SetClaims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as SetClaims
}
