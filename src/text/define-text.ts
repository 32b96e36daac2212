/**
 * Texts of one area of the app in both languages, side by side, so that a missing one does not compile.
 * A text is a string, a list of them (steps), or a function from its numbers to a string. They travel with the lazy view that shows them.
 */
import { type ComputedRef, computed } from 'vue'
import { language } from './language.ts'

type Text = string | readonly string[] | ((...values: never[]) => string) | { readonly [key: string]: Text }

/** The shape of the Chinese texts with every literal widened, which the English ones must match. */
export type Same<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends readonly string[]
      ? readonly string[]
      : T[K] extends (...values: infer V) => string
        ? (...values: V) => string
        : Same<T[K]>
}

interface TextPack<T> {
  readonly 'zh-CN': T
  readonly en: Same<T>
}

export function defineText<const T extends { readonly [key: string]: Text }>(
  zh: T,
  en: Same<T>,
): TextPack<T> {
  return { 'zh-CN': zh, en }
}

/** The texts in the chosen language; follows a change of language at once. Use as `t.key` in a template. */
export function useText<T>(pack: TextPack<T>): ComputedRef<Same<T>> {
  return computed(() => pack[language.value] as Same<T>)
}
