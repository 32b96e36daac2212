/** A word on a measure of the city's plan, or on its climate work at large. */
import type { CommandRules } from './kind.ts'
import { decideVoice, openVoice } from './voices.ts'

export const feedbackSend: CommandRules<'feedback.send'> = {
  owner: 'anybody',
  decide: decideVoice,
  post: openVoice,
}
