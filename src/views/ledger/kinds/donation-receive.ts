/** In the journal of who receives donations: somebody gave. */
import Icon from '~icons/ph/hand-heart'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import { type KindFace, voucherFace } from './face.ts'

export const donationReceive: KindFace = {
  ...voucherFace,
  accepted: 'posted',
  voucherIn: () => undefined,
  icon: () => Icon,
  word: (t) => t.kinds.donation,
  title({ offerId }, { language, offerTitle }) {
    const t = ledgerText[language]
    const what = offerId === undefined ? undefined : offerTitle(offerId)
    return what === undefined ? t.kinds.donation : t.ofWhat(t.kinds.donation, what)
  },
}
