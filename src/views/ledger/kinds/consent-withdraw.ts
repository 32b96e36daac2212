/** A service unlinked. */
import Icon from '~icons/ph/plugs'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'

export const consentWithdraw: CommandFace<'consent.withdraw'> = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.consentEnd,
  laterWord: (t) => t.later.ended,
  title: (_entry, { language }) => ledgerText[language].kinds.consentEnd,
  asksAbout: ({ body }) => body.consentId,
  titleAsked: (_command, { language }) => ledgerText[language].kinds.consentEnd,
}
