/** A draw that came out with a piece: a voucher. */
import Icon from '~icons/ph/ticket'
import type { KindFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const drawWon: KindFace = {
  isWarm: true,
  accepted: 'granted',
  about: 'entry',
  voucherIn: ({ id }) => id,
  icon: () => Icon,
  word: (t) => t.kinds.drawWon,
  title: titleByAbout((t) => t.kinds.drawWon),
}
