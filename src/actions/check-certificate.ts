/** Checks a certificate, a provider's signed report or a donation's in a file, by the keys that the phone keeps: without a network, and without any ledger. */
import { isProvable } from '../proof/digest.ts'
import {
  CERTIFICATE_TYP,
  type CertificateFault,
  type Donation,
  readDonation,
  typOf,
} from '../proof/donation-certificate.ts'
import type { KeySet } from '../proof/keys.ts'
import { type ProviderKey, type ReportClaims, readReport, type TokenFault } from '../proof/report-token.ts'
import { reportedAct } from '../proof/reported-act.ts'

export type { Donation } from '../proof/donation-certificate.ts'

/** What may be in a file: a token is some hundred characters. */
const CERTIFICATE_CHARS_MAX = 10_000

export type CertificateCheck =
  | {
      readonly result: 'good'
      readonly claims: ReportClaims
      readonly act: NonNullable<ReturnType<typeof reportedAct>>
    }
  | { readonly result: 'donation'; readonly donation: Donation }
  | { readonly result: 'notOne' | 'forged' | 'revoked' | 'unknown' | 'unknownIssuer' | 'other' | 'unable' }

type Fault = Exclude<CertificateCheck['result'], 'good' | 'donation'>

const RESULTS: Readonly<Record<TokenFault, Fault>> = {
  not_a_token: 'notOne',
  typ_wrong: 'notOne',
  alg_refused: 'forged',
  key_unknown: 'unknown',
  key_of_another: 'forged',
  key_not_in_force: 'forged',
  key_revoked: 'revoked',
  signature_wrong: 'forged',
  claims_missing: 'other',
  audience_wrong: 'other',
  subject_missing: 'other',
  event_unknown: 'other',
}

export async function checkCertificate(
  text: string,
  known: { readonly keys: readonly ProviderKey[]; readonly audience: string; readonly own: KeySet },
): Promise<CertificateCheck> {
  const token = text.trim()
  if (token.length > CERTIFICATE_CHARS_MAX || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token))
    return { result: 'notOne' }
  if (!isProvable()) return { result: 'unable' }
  try {
    if (typOf(token) === CERTIFICATE_TYP) return await checkDonation(token, known.own)
    const claims = await readReport(token, known)
    if (typeof claims === 'string') return { result: RESULTS[claims] }
    const isAct = claims.event === 'act-reported' || claims.event === 'act-corrected'
    const act = isAct ? reportedAct(claims) : undefined
    return act ? { result: 'good', claims, act } : { result: 'other' }
  } catch {
    return { result: 'unable' }
  }
}

const DONATION_RESULTS: Readonly<Record<CertificateFault, Fault>> = {
  not_a_token: 'notOne',
  typ_wrong: 'notOne',
  alg_refused: 'forged',
  key_unknown: 'unknownIssuer',
  key_of_another: 'forged',
  key_not_in_force: 'forged',
  key_revoked: 'revoked',
  signature_wrong: 'forged',
  claims_missing: 'other',
}

/** By the keys of the programme itself, as this phone trusts them. */
async function checkDonation(token: string, keys: KeySet): Promise<CertificateCheck> {
  const read = await readDonation(token, keys)
  return typeof read === 'string'
    ? { result: DONATION_RESULTS[read] }
    : { result: 'donation', donation: read }
}
