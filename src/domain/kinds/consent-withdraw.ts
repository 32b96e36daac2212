/** A consent ended. It counts from the record's time: what was done before stays, later acts are not taken in. */
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { type CommandRules, noDays } from './kind.ts'

export const consentWithdraw: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, body, { about = '', provenAt = body.at }) {
    const consent = ledger.consents?.[about]
    if (consent) ledger.consents = { ...ledger.consents, [about]: { ...consent, endedAt: provenAt } }
  },
}

export function decideConsentEnd(
  { body: { consentId } }: CommandOf<'consent.withdraw'>,
  { consents }: Ledger,
): Decision {
  const consent = consents?.[consentId]
  if (!consent) return refuse('consent_unknown')
  if (consent.endedAt !== undefined) return refuse('consent_ended')
  return { outcome: 'accepted', reasons: [], transfers: [], about: consentId }
}
