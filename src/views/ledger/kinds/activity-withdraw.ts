/** An act taken back. */
import Icon from '~icons/ph/arrow-u-up-left'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { aboutTitle, titleByAbout } from './titles.ts'

export const activityWithdraw: CommandFace<'activity.withdraw'> = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.withdraw,
  laterWord: (t) => t.later.withdrawn,
  title: titleByAbout((t) => t.kinds.withdraw),
  asksAbout: ({ body }) => body.activityId,
  titleAsked({ body }, context) {
    const t = ledgerText[context.language]
    return t.ofWhat(t.kinds.withdraw, aboutTitle(body.activityId, context))
  },
}
