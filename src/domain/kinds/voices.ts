/** Words to the city, of whatever kind: taken in as they are; what becomes of them is for a person to say. */
import { type Decision, refuse } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { OPEN_VOICES_MAX } from '../taking-part/voice.ts'
import type { Post } from './kind.ts'

export function decideVoice(_command: unknown, ledger: Ledger): Decision {
  if (Object.keys(ledger.openVoices ?? {}).length >= OPEN_VOICES_MAX)
    return refuse('too_many_voices', { limit: OPEN_VOICES_MAX })
  return { outcome: 'accepted', reasons: [], transfers: [] }
}

export const openVoice: Post = (ledger, body) => {
  ledger.openVoices = { ...ledger.openVoices, [body.id]: body.at }
}
