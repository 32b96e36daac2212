/** A word on a measure of the city's plan, or on its climate work at large. */
import { type CommandRules, noDays } from './kind.ts'
import { openVoice } from './voices.ts'

export const feedbackSend: CommandRules = {
  owner: 'anybody',
  needs: noDays,
  post: openVoice,
}
