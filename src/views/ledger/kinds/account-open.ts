/** The beginning of a journal. */
import Icon from '~icons/ph/receipt'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { KindFace } from './face.ts'

export const accountOpen: KindFace = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.open,
  title: (_entry, { language }) => ledgerText[language].kinds.open,
}
