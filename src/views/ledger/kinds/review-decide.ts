/** An act on which a person has decided. */
import Icon from '~icons/ph/magnifying-glass'
import type { KindFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const reviewDecide: KindFace = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.review,
  title: titleByAbout((t) => t.kinds.review),
}
