/** All that stands on the picture, in words: what is drawn, what the page says beside it, and the picture's description are these. Pure. */
import type { Pack } from '../../../domain/methodology/pack.ts'
import type { PeriodFigures } from '../../../domain/taking-part/period-figures.ts'
import { formatLitres } from '../../../text/format.ts'
import type { Language } from '../../../text/language.ts'
import { pictureText } from '../../../text/period/picture.ts'
import { percentWords } from '../amounts.ts'
import { trustName } from '../period-chart.ts'
import type { PeriodWords } from '../period-words.ts'

export interface PictureWords {
  readonly title: string
  readonly until: string
  readonly amount: { readonly value: string; readonly unit: string }
  readonly avoided: string
  readonly confirmed: string
  /** Empty where it would be too little to speak of. */
  readonly petrol: string
  readonly evidence: readonly { readonly trust: string; readonly percent: number; readonly words: string }[]
  readonly before: string
  readonly waiting: readonly string[]
  readonly methodology: string
  readonly noCredit: string
}

/** @param name as the person has switched it on; without it nothing tells who it is. */
export function pictureWords(said: {
  words: PeriodWords
  figures: PeriodFigures
  /** Whose comparisons hold. */
  pack: Pack
  language: Language
  name: string | undefined
}): PictureWords {
  const { words, figures, pack, language, name } = said
  const t = pictureText[language]
  const hasActs = figures.sum.acts > 0
  return {
    title: name ? t.named(name, words.name) : t.mine(words.name),
    until: words.until,
    amount: words.amount,
    avoided: t.avoided,
    confirmed: hasActs ? t.confirmed(words.acts) : words.acts,
    petrol: petrolWords(figures.sum.grams, pack, language),
    evidence: figures.byTrust.map((share) => ({
      trust: share.name,
      percent: share.percent,
      words: `${trustName(share.name, language)} ${percentWords(share)}`,
    })),
    before: words.compared ? `${words.before} · ${words.compared}` : words.before,
    waiting: words.waiting,
    methodology: words.methodology,
    noCredit: t.noCredit,
  }
}

/** As home says it. */
function petrolWords(grams: number, pack: Pack, language: Language): string {
  const litres = formatLitres(grams / pack.comparisons.petrolLitre.value, language)
  return litres && pictureText[language].petrol(litres)
}

/** Each line once, from top to bottom. */
export function linesOf(words: PictureWords, language: Language): string[] {
  const t = pictureText[language]
  const { amount, evidence } = words
  return [
    [words.title, words.until].filter(Boolean).join(' · '),
    `${amount.value}\u00a0${amount.unit} ${words.avoided}`,
    words.confirmed,
    words.petrol,
    evidence.length > 0
      ? t.listed(
          t.evidence,
          evidence.map((one) => one.words),
        )
      : '',
    words.before,
    ...words.waiting,
    words.methodology,
    words.noCredit,
  ].filter(Boolean)
}
