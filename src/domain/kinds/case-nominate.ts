/** A good example that somebody saw. */
import type { CommandRules } from './kind.ts'
import { decideVoice, openVoice } from './voices.ts'

export const caseNominate: CommandRules<'case.nominate'> = {
  owner: 'anybody',
  decide: decideVoice,
  post: openVoice,
}
