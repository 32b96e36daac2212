/** A voucher given back. */
import Icon from '~icons/ph/arrow-u-up-left'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import { type CommandFace, voucherFace } from './face.ts'
import { aboutTitle, titleByAbout } from './titles.ts'

export const voucherCancel: CommandFace<'voucher.cancel'> = {
  ...voucherFace,
  icon: () => Icon,
  word: (t) => t.kinds.cancelVoucher,
  title: titleByAbout((t) => t.kinds.cancelVoucher),
  titleAsked({ body }, context) {
    const t = ledgerText[context.language]
    return t.ofWhat(t.kinds.cancelVoucher, aboutTitle(body.voucherId, context))
  },
}
