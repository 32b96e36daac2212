/** What became of a sign-up for a day of planting, as its holder says. */
import Icon from '~icons/ph/tree'
import type { EntryRow } from '../../../stores/entry-details.ts'
import type { KindFace, LedgerWords } from './face.ts'
import { titleByAbout } from './titles.ts'

export const plantingUpdate: KindFace = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: newsWord,
  title: titleByAbout((t) => t.kinds.planting),
}

function newsWord(t: LedgerWords, { plantingNews }: EntryRow): string {
  if (plantingNews === undefined || plantingNews === 'changed') return t.kinds.plantingChanged
  return t.later[plantingNews]
}
