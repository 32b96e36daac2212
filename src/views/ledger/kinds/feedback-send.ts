/** A word to the city. */
import Icon from '~icons/ph/megaphone-simple'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { titleByName } from './titles.ts'

export const feedbackSend: CommandFace<'feedback.send'> = {
  accepted: 'posted',
  about: 'entry',
  holdsWords: true,
  icon: () => Icon,
  word: (t) => t.kinds.feedback,
  title: titleByName((t) => t.kinds.feedback),
  titleAsked({ body }, { language }) {
    const t = ledgerText[language]
    return t.ofWhat(t.kinds.feedback, body.text)
  },
}
