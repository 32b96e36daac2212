/** Points of a voucher that came back. */
import Icon from '~icons/ph/arrow-u-up-left'
import { type KindFace, voucherFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const voucherReturn: KindFace = {
  ...voucherFace,
  icon: () => Icon,
  word: (t) => t.kinds.voucherReturn,
  title: titleByAbout((t) => t.kinds.voucherReturn),
}
