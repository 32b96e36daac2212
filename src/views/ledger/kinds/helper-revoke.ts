/** A helper may log no more. */
import Icon from '~icons/ph/user-minus'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'

export const helperRevoke: CommandFace<'helper.revoke'> = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.helperEnd,
  laterWord: (t) => t.later.ended,
  title: (_entry, { language }) => ledgerText[language].kinds.helperEnd,
  asksAbout: ({ body }) => body.helperId,
  titleAsked: (_command, { language }) => ledgerText[language].kinds.helperEnd,
}
