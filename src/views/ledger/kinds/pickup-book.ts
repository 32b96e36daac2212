/** A pick-up of things to recycle, booked. */
import Icon from '~icons/ph/truck'
import type { Language } from '../../../text/language.ts'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import { pickupGoodsWords } from '../../../text/pickups/pickups.ts'
import type { CommandFace } from './face.ts'

export const pickupBook: CommandFace<'pickup.book'> = {
  accepted: 'granted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.pickup,
  title: ({ goods = [] }, { language }) => pickupTitle(goods, language),
  titleAsked: ({ body }, { language }) => pickupTitle(body.goods, language),
}

function pickupTitle(goods: readonly string[], language: Language): string {
  const t = ledgerText[language]
  return goods.length === 0 ? t.kinds.pickup : t.ofWhat(t.kinds.pickup, pickupGoodsWords(goods, language))
}
