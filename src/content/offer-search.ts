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
    /^[a-z]+$/.test(word) ? [word, ...readings.find(word).words.map(folded)] : [word]
  return {
    find(query) {
      const words = folded(query).split(/\s+/).filter(Boolean).map(meanings)
      const isSaid = (text: string) => words.every((each) => each.some((word) => text.includes(word)))
      return new Set(said.filter(({ text }) => isSaid(text)).map(({ id }) => id))
    },
  }
}

function folded(text: string): string {
  return foldHan(text.normalize('NFKC').toLowerCase())
}
