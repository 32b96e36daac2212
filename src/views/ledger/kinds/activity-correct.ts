/** What a provider said later of an act that it had reported. */
import Icon from '~icons/ph/pencil-simple'
import type { KindFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const activityCorrect: KindFace = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.correct,
  title: titleByAbout((t) => t.kinds.correct),
}
