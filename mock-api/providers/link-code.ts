/**
 * How a provider learns a person's handle: the person shows it a code, which is good for ten minutes and once. A provider that sends the person
 * here by itself names the SHA-256 of a secret of its own (RFC 7636), and has to show the secret with the code.
 */
import { createHash } from 'node:crypto'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { type Instant, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { Deps } from '../base/deps.ts'
import { keyOf } from '../base/secret.ts'
import { routeConsents } from '../book/route-consents.ts'
import { readConsents } from '../storage/consents.ts'
import { insertLinkCode, takeLinkCode } from '../storage/links.ts'

const CODE_LASTS_MS = 10 * MINUTE_MS
/** Read aloud and typed: nothing that looks like another letter. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Thirty letters: 39 bits, and a provider guesses under its own name. */
const CODE_LENGTH = 8

export interface LinkCode {
  readonly code: string
  readonly expiresAt: Instant
}

/** Undefined: no such consent stands. */
export async function newLinkCode(
  deps: Deps,
  consent: { accountId: AccountId; consentId: string; challenge?: string },
): Promise<LinkCode | undefined> {
  const { accountId, consentId, challenge = null } = consent
  const row = (await readConsents(deps.db, accountId)).find((each) => each.consentId === consentId)
  if (!row || row.endedAt !== null) return undefined
  // Before anybody can know the handle, it leads somewhere.
  await routeConsents(deps, accountId)
  const { providerId } = row
  const expiresAt = deps.now() + CODE_LASTS_MS
  for (;;) {
    const code = Array.from(deps.randomBytes(CODE_LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('')
    const codeKey = codeKeyOf(providerId, code)
    const isNew = await insertLinkCode(deps.db, {
      codeKey,
      providerId,
      accountId,
      consentId,
      challenge,
      expiresAt,
    })
    if (isNew) return { code, expiresAt }
  }
}

/** The handle, once. Undefined: unknown, used, too late, or without its verifier. */
export async function redeemLinkCode(
  deps: Deps,
  providerId: string,
  { code, verifier }: { code: string; verifier?: string },
): Promise<string | undefined> {
  const row = await takeLinkCode(deps.db, codeKeyOf(providerId, code))
  if (!row || deps.now() >= row.expiresAt || !isAnswered(row.challenge, verifier)) return undefined
  const consents = await readConsents(deps.db, row.accountId)
  const consent = consents.find(({ consentId }) => consentId === row.consentId)
  return consent && consent.endedAt === null ? consent.handle : undefined
}

function codeKeyOf(providerId: string, code: string): string {
  return keyOf('link-code', `${providerId} ${code.replaceAll(/[\s-]/g, '').toUpperCase()}`)
}

function isAnswered(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return true
  return verifier !== undefined && createHash('sha256').update(verifier).digest('base64url') === challenge
}
