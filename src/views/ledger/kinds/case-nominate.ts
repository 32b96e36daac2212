/** A good example, nominated. */
import Icon from '~icons/ph/medal'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { titleByName } from './titles.ts'

export const caseNominate: CommandFace<'case.nominate'> = {
  accepted: 'posted',
  about: 'entry',
  holdsWords: true,
  icon: () => Icon,
  word: (t) => t.kinds.nominate,
  title: titleByName((t) => t.kinds.nominate),
  titleAsked({ body }, { language }) {
    const t = ledgerText[language]
    return t.ofWhat(t.kinds.nominate, body.title)
  },
}
