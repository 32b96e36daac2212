/** A voucher that a shop has been paid for. */
import Icon from '~icons/ph/check-circle'
import { type KindFace, voucherFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const voucherSettle: KindFace = {
  ...voucherFace,
  icon: () => Icon,
  word: (t) => t.kinds.voucherSettle,
  title: titleByAbout((t) => t.kinds.voucherSettle),
}
