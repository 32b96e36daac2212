/** Somebody is let log for the account. */
import Icon from '~icons/ph/user-plus'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { titleByName } from './titles.ts'

export const helperInvite: CommandFace<'helper.invite'> = {
  accepted: 'posted',
  about: 'entry',
  holdsWords: true,
  icon: () => Icon,
  word: (t) => t.kinds.helper,
  title: titleByName((t) => t.kinds.helper),
  titleAsked({ body }, { language }) {
    const t = ledgerText[language]
    return t.ofWhat(t.kinds.helper, body.name)
  },
}
