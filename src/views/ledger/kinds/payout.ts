/** A statement is paid: as who pays says it, and as the shop does. */
import Icon from '~icons/ph/hand-coins'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { KindFace } from './face.ts'

export const payout: KindFace = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.payout,
  laterWord: (t) => t.later.paid,
  title: (_entry, { language }) => ledgerText[language].kinds.payout,
}
