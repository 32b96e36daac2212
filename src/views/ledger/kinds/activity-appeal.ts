/** A person was asked to look again. */
import Icon from '~icons/ph/chat-circle-text'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { aboutTitle, titleByAbout } from './titles.ts'

export const activityAppeal: CommandFace<'activity.appeal'> = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.appeal,
  title: titleByAbout((t) => t.kinds.appeal),
  asksAbout: ({ body }) => body.activityId,
  titleAsked({ body }, context) {
    const t = ledgerText[context.language]
    return t.ofWhat(t.kinds.appeal, aboutTitle(body.activityId, context))
  },
}
