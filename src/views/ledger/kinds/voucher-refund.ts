/** In a shop's journal: what was accepted is taken back. */
import Icon from '~icons/ph/arrow-u-up-left'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import { type CommandFace, voucherFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const voucherRefund: CommandFace<'voucher.refund'> = {
  ...voucherFace,
  about: 'entry',
  voucherIn: () => undefined,
  icon: () => Icon,
  word: (t) => t.kinds.refund,
  laterWord: (t) => t.later.refunded,
  title: titleByAbout((t) => t.kinds.refund),
  asksAbout: ({ body }) => body.acceptanceId,
  titleAsked: (_command, { language }) => ledgerText[language].kinds.refund,
}
