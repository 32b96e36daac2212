/** Offers by what is typed: in Chinese of either script, in English, or as the Chinese is read. Loaded with the first letter. */
import type { OfferId } from '../domain/base/ids.ts'
import type { Offer } from '../domain/offers/offer.ts'
import { foldHan } from './han.ts'
import { readingsOf } from './readings.ts'

interface OfferSearch {
  /** Those of which every word that was typed is said somewhere. */
  find(query: string): ReadonlySet<OfferId>
}

export function openOfferSearch(offers: readonly Offer[]): OfferSearch {
  const said = offers.map((offer) => ({
    id: offer.id,
    text: folded(
      [offer.titleZh, offer.merchantZh, offer.termsZh, offer.titleEn, offer.merchantEn, offer.termsEn].join(
        '\n',
      ),
    ),
  }))
  const readings = readingsOf(() => ({
    names: offers.flatMap(({ titleZh, merchantZh }) => [titleZh, merchantZh]),
    texts: offers.map(({ termsZh }) => termsZh),
  }))
  /** As it was typed, or as it may be meant. */
  const meanings = (word: string): string[] =>
    /^\p{Script=Latin}[\p{Script=Latin}\p{M}1-5]*$/u.test(word)
      ? [word, ...readings.find(word).words.map(folded)]
      : [word]
  return {
    find(query) {
      const words = folded(query).split(BETWEEN_WORDS).filter(Boolean).map(meanings)
      if (words.length === 0 && query.trim() !== '') return new Set()
      const isSaid = (text: string) => words.every((each) => each.some((word) => holds(text, word)))
      return new Set(said.filter(({ text }) => isSaid(text)).map(({ id }) => id))
    },
  }
}

/** Blanks and all marks but those that stand inside a number or a word. */
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}.,'’%+-]+|[.,'’](?!\p{N})|(?<!\p{N})[.,'’]/u

/** A word of Latin letters may go on and begins none in the middle: tea is not in steam. A number is a whole one: 8 is not in 18. */
function holds(text: string, word: string): boolean {
  const isNumber = /^\d/.test(word)
  if (!isNumber && !/^\p{Script=Latin}/u.test(word)) return text.includes(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text[at - 1] ?? '', text[at + word.length] ?? '']
    if (isNumber ? !/[\d.]/.test(before) && !/\d/.test(after) : !/\p{Script=Latin}/u.test(before)) return true
  }
  return false
}

/** One width, one case, one writing, and nothing that nobody sees. */
function folded(text: string): string {
  return foldHan(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/\p{Cf}/gu, ''),
  )
}
