/** An event attended. */
import Icon from '~icons/ph/calendar-check'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'
import { titleByName } from './titles.ts'

export const eventCheckIn: CommandFace<'event.check-in'> = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.checkIn,
  title: titleByName((t) => t.kinds.checkIn),
  titleAsked: (_command, { language }) => ledgerText[language].kinds.checkIn,
}
