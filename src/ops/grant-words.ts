/** A role with where it holds, in words. */
import type { Grant } from '../domain/ledger/operator.ts'
import type { Language } from '../text/language.ts'
import { shellText } from '../text/ops/shell.ts'
import { cityNames } from './city-names.ts'

export function grantWords({ role, city }: Grant, language: Language): string {
  const t = shellText[language]
  return `${t.roles[role]} · ${city === undefined ? t.everywhere : cityNames([city], language)}`
}
