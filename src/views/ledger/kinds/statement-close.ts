/** The end of a shop's day: what it took in waits to be paid out. */
import Icon from '~icons/ph/receipt'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { KindFace } from './face.ts'

export const statementClose: KindFace = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.statement,
  title: (_entry, { language }) => ledgerText[language].kinds.statement,
}
