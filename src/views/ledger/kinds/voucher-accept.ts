/** In a shop's journal: a customer's voucher was accepted. */
import Icon from '~icons/ph/check-circle'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import { type CommandFace, voucherFace } from './face.ts'

export const voucherAccept: CommandFace<'voucher.accept'> = {
  ...voucherFace,
  icon: () => Icon,
  word: (t) => t.kinds.accept,
  title: (_entry, { language }) => ledgerText[language].kinds.accept,
  titleAsked: (_command, { language }) => ledgerText[language].kinds.accept,
}
