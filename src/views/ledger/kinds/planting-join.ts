/** A day of planting trees signed up for. */
import Icon from '~icons/ph/tree'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { titleByName } from './titles.ts'

export const plantingJoin: CommandFace<'planting.join'> = {
  accepted: 'granted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.planting,
  title: titleByName((t) => t.kinds.planting),
  titleAsked: (_command, { language }) => ledgerText[language].kinds.planting,
}
