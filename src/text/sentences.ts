/** Sentences of two texts in one paragraph. Pure: the language is an argument. */
import type { Language } from './language.ts'

/** One after the other, without those that are empty: English leaves a space between them, Chinese has it in its full stop. */
export const sentences = (language: Language, ...each: readonly string[]): string =>
  each.filter((one) => one !== '').join(language === 'en' ? ' ' : '')

/** A moment inside an English sentence: “as of today 17:20”. Alone in its row it begins with a capital. */
export const within = (when: string): string =>
  when.replace(/^(?:Today|Yesterday|Tomorrow)\b/, (day) => day.toLowerCase())

/** The name of an act inside an English sentence: “cycling”, and “EV ride” as it is. */
export const uncapitalised = (name: string): string =>
  name.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
