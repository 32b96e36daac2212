/**
 * What a donation is proven by to anybody: a Verifiable Credential (W3C VC Data Model 2.0) as `vc+jwt`. It names no person: a pseudonym that is the
 * same on all of theirs, what was given, for whom and when. Each fault has its name, because whoever is shown one wants to know what is wrong.
 */
import { decodeProtectedHeader } from 'jose'
import type { Instant } from '../domain/base/time.ts'
import { canonicalJson } from './canonical.ts'
import {
  type Claims,
  claimsOf,
  hasClaims,
  isInForce,
  type KeySet,
  revocationOf,
  type SigningKey,
  signJws,
  verifyJws,
} from './keys.ts'
import { secondsUp } from './seconds.ts'

export const CERTIFICATE_TYP = 'vc+jwt'
const PURPOSE = 'certificates'
const CONTEXT = [
  'https://www.w3.org/ns/credentials/v2',
  'https://www.w3.org/ns/credentials/undefined-terms/v2',
]

export interface Donation {
  /** The voucher's id. */
  readonly id: string
  /** The programme: a URI of its own. */
  readonly issuer: string
  /** A uuid that leads to nobody. */
  readonly pseudonym: string
  readonly points: number
  readonly fen: number
  readonly beneficiaryId: string
  readonly beneficiaryZh: string
  readonly beneficiaryEn: string
  /** Shown as 示例: no real donation stands behind it. */
  readonly isSample: boolean
  readonly at: Instant
}

export type CertificateFault =
  | 'not_a_token'
  | 'typ_wrong'
  | 'alg_refused'
  | 'key_unknown'
  | 'key_of_another'
  | 'key_not_in_force'
  | 'key_revoked'
  | 'signature_wrong'
  | 'claims_missing'

export function signDonation(donation: Donation, key: SigningKey): Promise<string> {
  const { id, issuer, pseudonym, points, fen, beneficiaryId, beneficiaryZh, beneficiaryEn } = donation
  const iat = secondsUp(donation.at)
  const name = [
    { '@value': beneficiaryZh, '@language': 'zh-CN' },
    { '@value': beneficiaryEn, '@language': 'en' },
  ]
  const credential = {
    '@context': CONTEXT,
    id: `urn:uuid:${id}`,
    type: ['VerifiableCredential', 'DonationCertificate'],
    issuer,
    validFrom: `${new Date(iat * 1000).toISOString().slice(0, 19)}Z`,
    credentialSubject: {
      id: `urn:uuid:${pseudonym}`,
      donation: {
        points,
        fen,
        currency: 'CNY',
        beneficiary: { id: beneficiaryId, name },
        sample: donation.isSample,
      },
    },
    iat,
  }
  return signJws(canonicalJson(credential), CERTIFICATE_TYP, key)
}

export async function readDonation(token: string, keys: KeySet): Promise<Donation | CertificateFault> {
  const header = headerOf(token)
  if (!header) return 'not_a_token'
  if (header.typ !== CERTIFICATE_TYP) return 'typ_wrong'
  if (header.alg !== 'ES256') return 'alg_refused'
  const key = keys.keys.find(({ kid }) => kid === header.kid)
  if (!key) return 'key_unknown'
  if (key.purpose !== PURPOSE) return 'key_of_another'
  const verified = await verifyJws(token, keys, { typ: CERTIFICATE_TYP, purpose: PURPOSE })
  if (!verified) return 'signature_wrong'
  const claims = claimsOf(verified.payload)
  const donation = claims && donationIn(claims)
  if (!donation) return 'claims_missing'
  const revoked = revocationOf(key, keys)
  if (revoked && donation.at >= revoked.at * 1000) return 'key_revoked'
  return isInForce(key, donation.at) ? donation : 'key_not_in_force'
}

/** What a token says it is, unchecked; undefined for what is none. */
export function typOf(token: string): string | undefined {
  return headerOf(token)?.typ
}

function headerOf(token: string) {
  try {
    return decodeProtectedHeader(token)
  } catch {
    return undefined
  }
}

function donationIn(claims: Claims): Donation | undefined {
  const subject = membersOf(claims.credentialSubject)
  const given = membersOf(subject.donation)
  const beneficiary = membersOf(given.beneficiary)
  const isOurs =
    Array.isArray(claims.type) &&
    claims.type.includes('DonationCertificate') &&
    hasClaims(claims, ['id', 'issuer', 'validFrom'], ['iat']) &&
    hasClaims(subject, ['id'], []) &&
    hasClaims(given, [], ['points', 'fen']) &&
    hasClaims(beneficiary, ['id'], [])
  if (!isOurs) return undefined
  const at = (claims.iat as number) * 1000
  // The credential's own word for the time, and the token's, are one.
  if (Date.parse(claims.validFrom as string) !== at) return undefined
  return {
    id: idIn(claims.id as string),
    issuer: claims.issuer as string,
    pseudonym: idIn(subject.id as string),
    points: given.points as number,
    fen: given.fen as number,
    beneficiaryId: beneficiary.id as string,
    beneficiaryZh: nameIn(beneficiary.name, 'zh-CN'),
    beneficiaryEn: nameIn(beneficiary.name, 'en'),
    isSample: given.sample === true,
    at,
  }
}

function membersOf(value: unknown): Claims {
  return typeof value === 'object' && value !== null ? (value as Claims) : {}
}

function idIn(urn: string): string {
  return urn.replace(/^urn:uuid:/, '')
}

function nameIn(names: unknown, language: string): string {
  const found = Array.isArray(names)
    ? names.map(membersOf).find((each) => each['@language'] === language)
    : undefined
  return typeof found?.['@value'] === 'string' ? found['@value'] : ''
}
