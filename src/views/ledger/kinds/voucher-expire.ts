/** A voucher that was not used in time. */
import Icon from '~icons/ph/calendar-x'
import { type KindFace, voucherFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const voucherExpire: KindFace = {
  ...voucherFace,
  icon: () => Icon,
  word: (t) => t.kinds.voucherExpire,
  title: titleByAbout((t) => t.kinds.voucherExpire),
}
