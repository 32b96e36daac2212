/** A consent given: from then on somebody may do what its scope says. */
import type { CommandOf } from '../ledger/command.ts'
import { CONSENTS_MAX, type ConsentId, providerOf } from '../ledger/consent.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { askedIn } from '../ledger/open-record.ts'
import { type CommandRules, noDays } from './kind.ts'

export const consentGive: CommandRules = {
  owner: 'account',
  needs: noDays,
  /** Of one that a restored backend was shown: since it was first given. */
  post(ledger, body, detail) {
    const given = askedIn('consent.give', detail)
    if (!given) return
    const id = body.id as ConsentId
    ledger.consents = { ...ledger.consents, [id]: { ...given, id, givenAt: detail.provenAt ?? body.at } }
  },
}

/** One of a scope at a time: who wants another handle ends the first. */
export function decideConsent(
  { body: { scope } }: CommandOf<'consent.give'>,
  { consents = {} }: Ledger,
  { isProvider }: World,
): Decision {
  if (isProvider?.(providerOf(scope)) === false) return refuse('provider_unknown')
  const known = Object.values(consents)
  if (known.some((each) => each.scope === scope && each.endedAt === undefined))
    return refuse('consent_exists')
  if (known.length >= CONSENTS_MAX) return refuse('too_many_consents', { limit: CONSENTS_MAX })
  return { outcome: 'accepted', reasons: [], transfers: [] }
}
