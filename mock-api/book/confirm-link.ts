/**
 * The provider's word that a handle belongs to one of its subjects: a card, a meter, a customer. A subject belongs to one account at a time, and
 * after it was let go it rests as long as acts may be dated back, so that no ride is told to two.
 */
import { DAY_MS } from '../../src/domain/base/time.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import type { Deps } from '../base/deps.ts'
import {
  claimSubject,
  confirmLink,
  type LinkRefusal,
  type LinkRow,
  readSubject,
  refuseLink,
  type SubjectRow,
} from '../storage/links.ts'

/** Undefined: confirmed, now or before. */
export async function confirm(deps: Deps, link: LinkRow, subject: string): Promise<LinkRefusal | undefined> {
  const { db, secret, now } = deps
  const { linkKey, accountId, providerId } = link
  if (accountId === null || link.endedAt !== null) return undefined
  const subjectKey = secret.subjectKey(providerId, subject)
  const before = await readSubject(db, subjectKey)
  const refusal = before && whyNot(deps, before, link)
  if (!refusal && (await claimSubject(db, { subjectKey, linkKey, accountId, before }))) {
    await confirmLink(db, { linkKey, subjectKey, at: now() })
    return undefined
  }
  // Somebody was first, a moment ago.
  const why = refusal ?? 'subject_linked'
  await refuseLink(db, linkKey, why)
  return why
}

function whyNot(
  deps: Deps,
  { linkKey, accountId, endedAt }: SubjectRow,
  link: LinkRow,
): LinkRefusal | undefined {
  if (linkKey === link.linkKey || accountId === link.accountId) return undefined
  if (endedAt === null) return 'subject_linked'
  const { maxAgeDays } = packInForce(undefined, deps.now(), deps.packs)
  return deps.now() < endedAt + maxAgeDays.value * DAY_MS ? 'subject_resting' : undefined
}
