/** A place at a day of planting given back. */
import Icon from '~icons/ph/tree'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { aboutTitle, titleByAbout } from './titles.ts'

export const plantingLeave: CommandFace<'planting.leave'> = {
  accepted: 'granted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.plantingLeft,
  laterWord: (t) => t.later.called_off,
  title: titleByAbout((t) => t.kinds.plantingLeft),
  titleAsked({ body }, context) {
    const t = ledgerText[context.language]
    return t.ofWhat(t.kinds.plantingLeft, aboutTitle(body.joinId, context))
  },
  asksAbout: ({ body }) => body.joinId,
}
