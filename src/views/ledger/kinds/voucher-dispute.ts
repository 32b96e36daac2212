/** The holder says that a voucher was not used by them, or brought them nothing. */
import Icon from '~icons/ph/chat-circle-text'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import { type CommandFace, voucherFace } from './face.ts'
import { aboutTitle, titleByAbout } from './titles.ts'

export const voucherDispute: CommandFace<'voucher.dispute'> = {
  ...voucherFace,
  accepted: 'posted',
  icon: () => Icon,
  word: (t) => t.kinds.dispute,
  laterWord: (t) => t.later.disputed,
  title: titleByAbout((t) => t.kinds.dispute),
  titleAsked({ body }, context) {
    const t = ledgerText[context.language]
    return t.ofWhat(t.kinds.dispute, aboutTitle(body.voucherId, context))
  },
}
