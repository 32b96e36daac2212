/** Titles that several kinds make in one way: by what they are about, or by a name of their own. */
import { claimWords } from '../../../components/activity/claim-words.ts'
import type { EntryRow } from '../../../stores/entry-details.ts'
import { formatWhen } from '../../../text/format-date.ts'
import type { Language } from '../../../text/language.ts'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import { pickupGoodsWords } from '../../../text/pickups/pickups.ts'
import type { FaceContext, LedgerWords } from './face.ts'

type Title = (entry: EntryRow, context: FaceContext) => string

/** "Withdraw · bus, 5 km". */
export function titleByAbout(wordOf: (t: LedgerWords) => string): Title {
  return ({ about }, context) => {
    const t = ledgerText[context.language]
    return t.ofWhat(wordOf(t), aboutTitle(about, context))
  }
}

/** "Event check-in: a walk along the Bailang". */
export function titleByName(wordOf: (t: LedgerWords) => string): Title {
  return (entry, { language }) => {
    const t = ledgerText[language]
    const name = nameIn(entry, language)
    return name === undefined ? wordOf(t) : t.ofWhat(wordOf(t), name)
  }
}

function nameIn(
  { titleZh, titleEn }: Pick<EntryRow, 'titleZh' | 'titleEn'>,
  language: Language,
): string | undefined {
  return language === 'en' ? titleEn : titleZh
}

/** By the name of the day where it is known, else by its hour: neither a request nor what came of it leaves open which one it was. */
export function plantingTitle(
  wordOf: (t: LedgerWords) => string,
  { startsAt, ...entry }: Pick<EntryRow, 'titleZh' | 'titleEn' | 'startsAt'>,
  { language, now }: FaceContext,
): string {
  const t = ledgerText[language]
  const name = nameIn(entry, language)
  if (name !== undefined) return t.ofWhat(wordOf(t), name)
  return startsAt === undefined ? wordOf(t) : t.ofWhat(wordOf(t), formatWhen(startsAt, now, language))
}

/** What a later record is about, in its own words; refused ones name nothing. */
export function aboutTitle(about: string | undefined, context: FaceContext): string {
  const t = ledgerText[context.language]
  if (about === undefined) return t.entryTitle
  const offerId = context.offerOfVoucher(about)
  if (offerId) return context.offerTitle(offerId) ?? t.aVoucher
  const target = context.target(about)
  const title = target && nameIn(target, context.language)
  if (title !== undefined) return title
  if (target?.startsAt !== undefined) return formatWhen(target.startsAt, context.now, context.language)
  if (target?.goods) return pickupGoodsWords(target.goods, context.language)
  return target?.code
    ? claimWords({ code: target.code, quantity: target.claimed, stops: target.stops }, context.language)
    : t.entryTitle
}
