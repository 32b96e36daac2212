/** A draw that came out without a piece: the points are back. */
import Icon from '~icons/ph/dice-five'
import type { KindFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const drawLost: KindFace = {
  isWarm: true,
  accepted: 'granted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.drawLost,
  title: titleByAbout((t) => t.kinds.drawLost),
}
