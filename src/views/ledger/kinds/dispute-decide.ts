/** What a person at the desk found of a disputed voucher. */
import Icon from '~icons/ph/magnifying-glass'
import { type KindFace, voucherFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const disputeDecide: KindFace = {
  ...voucherFace,
  accepted: 'posted',
  icon: () => Icon,
  word: (t, { verdict }) => (verdict ? t.later[verdict] : t.kinds.disputeDecision),
  title: titleByAbout((t) => t.kinds.disputeDecision),
}
