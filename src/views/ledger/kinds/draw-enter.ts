/** A draw, entered. */
import Icon from '~icons/ph/dice-five'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { titleByName } from './titles.ts'

export const drawEnter: CommandFace<'draw.enter'> = {
  isWarm: true,
  accepted: 'granted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.drawEnter,
  title: titleByName((t) => t.kinds.drawEnter),
  titleAsked({ body }, { language, offerTitle }) {
    const t = ledgerText[language]
    return t.ofWhat(t.kinds.drawEnter, offerTitle(body.offerId) ?? t.aVoucher)
  },
}
