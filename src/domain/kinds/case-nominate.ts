/** A good example that somebody saw. */
import type { CommandRules } from './kind.ts'
import { openVoice } from './voices.ts'

export const caseNominate: CommandRules = {
  owner: 'anybody',
  post: openVoice,
}
