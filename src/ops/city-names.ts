/** Cities as the desk's lists name them. */
import { cities } from '../content/registry.ts'
import type { Language } from '../text/language.ts'
import type { DeskFilter } from './desk-column.ts'

export function cityNames(ids: readonly string[], language: Language): string {
  const names = ids.map((id) => {
    const city = cities.find((each) => each.id === id)
    return (language === 'en' ? city?.nameEn : city?.nameZh) ?? id
  })
  return names.join(language === 'en' ? ', ' : '、')
}

export function cityOptions(language: Language) {
  return cities.map(({ id }) => ({ value: id, label: cityNames([id], language) }))
}

export function cityFilter(label: string, language: Language): DeskFilter {
  return { name: 'city', label, words: (city) => cityNames([city], language) }
}
