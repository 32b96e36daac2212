/** What an offer promises, asked for and granted. */
import Icon from '~icons/ph/ticket'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import { type CommandFace, voucherFace } from './face.ts'

export const voucherRedeem: CommandFace<'voucher.redeem'> = {
  ...voucherFace,
  voucherIn: ({ id }) => id,
  icon: () => Icon,
  word: (t) => t.kinds.redeem,
  title({ offerId }, { language, offerTitle }) {
    const t = ledgerText[language]
    return offerId ? (offerTitle(offerId) ?? t.aVoucher) : t.ofWhat(t.kinds.redeem, t.aVoucher)
  },
  titleAsked({ body }, { language, offerTitle }) {
    const t = ledgerText[language]
    return t.ofWhat(t.kinds.redeem, offerTitle(body.offerId) ?? t.aVoucher)
  },
}
