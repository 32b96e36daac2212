/** A record that only a newer build knows: it is shown as an entry like others, by what its transfers say. */
import Icon from '~icons/ph/receipt'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import { type KindFace, voucherFace } from './face.ts'

export function unknownFace(kind: string): KindFace {
  return {
    accepted: 'posted',
    about: 'entry',
    ...(kind.startsWith('voucher.') ? voucherFace : {}),
    icon: () => Icon,
    word: (t) => t.kinds.unknown,
    title: (_entry, { language }) => ledgerText[language].kinds.unknown,
  }
}
