/** A booked pick-up called off. */
import Icon from '~icons/ph/truck'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { aboutTitle, titleByAbout } from './titles.ts'

export const pickupCancel: CommandFace<'pickup.cancel'> = {
  accepted: 'granted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.cancelPickup,
  laterWord: (t) => t.later.called_off,
  title: titleByAbout((t) => t.kinds.cancelPickup),
  titleAsked({ body }, context) {
    const t = ledgerText[context.language]
    return t.ofWhat(t.kinds.cancelPickup, aboutTitle(body.pickupId, context))
  },
  asksAbout: ({ body }) => body.pickupId,
}
