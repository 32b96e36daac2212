/** A draw, left before it came out. */
import Icon from '~icons/ph/arrow-u-up-left'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { aboutTitle, titleByAbout } from './titles.ts'

export const drawLeave: CommandFace<'draw.leave'> = {
  isWarm: true,
  accepted: 'granted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.drawLeave,
  title: titleByAbout((t) => t.kinds.drawLeave),
  titleAsked({ body }, context) {
    const t = ledgerText[context.language]
    return t.ofWhat(t.kinds.drawLeave, aboutTitle(body.entryId, context))
  },
  asksAbout: ({ body }) => body.entryId,
}
