/** A service linked. */
import Icon from '~icons/ph/plugs-connected'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'

export const consentGive: CommandFace<'consent.give'> = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.consent,
  title: (_entry, { language }) => ledgerText[language].kinds.consent,
  titleAsked: (_command, { language }) => ledgerText[language].kinds.consent,
}
