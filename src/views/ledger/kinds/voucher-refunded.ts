/** Points of a voucher that its shop has taken back. */
import Icon from '~icons/ph/arrow-u-up-left'
import { type KindFace, voucherFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const voucherRefunded: KindFace = {
  ...voucherFace,
  icon: () => Icon,
  word: (t) => t.kinds.refunded,
  title: titleByAbout((t) => t.kinds.refunded),
}
