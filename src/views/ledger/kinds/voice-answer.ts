/** An answer to a word to the city. */
import Icon from '~icons/ph/megaphone-simple'
import type { KindFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const voiceAnswer: KindFace = {
  accepted: 'posted',
  about: 'entry',
  holdsWords: true,
  icon: () => Icon,
  word: (t) => t.kinds.voiceAnswer,
  laterWord: (t, { voiceState }) => (voiceState ? t.later[voiceState] : t.kinds.voiceAnswer),
  title: titleByAbout((t) => t.kinds.voiceAnswer),
}
