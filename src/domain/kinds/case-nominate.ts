/** A good example that somebody saw. */
import { type CommandRules, noDays } from './kind.ts'
import { openVoice } from './voices.ts'

export const caseNominate: CommandRules = {
  owner: 'anybody',
  needs: noDays,
  post: openVoice,
}
