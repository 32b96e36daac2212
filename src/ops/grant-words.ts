/** Roles with where they hold, in words: those of one place together. */
import type { Grant } from '../domain/ledger/operator.ts'
import type { Language } from '../text/language.ts'
import { shellText } from '../text/ops/shell.ts'
import { cityNames } from './city-names.ts'

export function grantWords(grants: readonly Grant[], language: Language): string {
  const t = shellText[language]
  const places = [...new Set(grants.map(({ city }) => city))]
  return places
    .map((place) => {
      const roles = grants.filter(({ city }) => city === place).map(({ role }) => t.roles[role])
      return t.rolesAt(place === undefined ? t.everywhere : cityNames([place], language), roles.join(t.comma))
    })
    .join(t.semicolon)
}
