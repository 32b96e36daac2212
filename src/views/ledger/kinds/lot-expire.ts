/** Points of a month that have ended. */
import Icon from '~icons/ph/calendar-x'
import { formatMonth } from '../../../text/format-date.ts'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { KindFace } from './face.ts'

export const lotExpire: KindFace = {
  accepted: 'posted',
  about: 'month',
  icon: () => Icon,
  word: (t) => t.kinds.lotExpire,
  title({ about }, { language }) {
    const t = ledgerText[language]
    return t.ofWhat(t.kinds.lotExpire, t.lotOf(formatMonth(about ?? '', language)))
  },
}
