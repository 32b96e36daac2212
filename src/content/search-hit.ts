/** What is shown of a row that was found: its title and a part of what it says, with the words marked that were asked for. */
import type { CityId } from '../domain/base/city.ts'
import type { Bin } from './guides/bin-schema.ts'
import type { Checklist } from './guides/checklists.ts'
import type { Wish } from './guides/subsidy-guide.ts'
import { type Marked, mark, startingNear } from './mark.ts'
import type { Domain } from './schema.ts'
import type { HitKind, SearchRow } from './search-rows.ts'

export type SearchLanguage = 'zh-CN' | 'en'

export interface SearchHit {
  /** Absent for what a guide says of every city. */
  readonly city?: CityId
  readonly kind: HitKind
  readonly id: string
  /** Of measures and indicators. */
  readonly domain?: Domain
  /** Where a guide has it. */
  readonly bin?: Bin
  readonly wish?: Wish
  readonly list?: Checklist
  readonly step?: string
  readonly title: Marked
  readonly excerpt: Marked
  /** What matched where only the other language, or another name, has the words that were asked for. */
  readonly other?: Marked
}

export function asHit(row: SearchRow, language: SearchLanguage, terms: readonly string[]): SearchHit {
  const zh = language === 'zh-CN'
  const title = mark(zh ? row.titleZh : row.titleEn, terms)
  const excerpt = mark(zh ? row.bodyZh : row.bodyEn, terms)
  const other =
    title.ranges.length + excerpt.ranges.length > 0
      ? undefined
      : [...(row.names ?? []), zh ? row.titleEn : row.titleZh, zh ? row.bodyEn : row.bodyZh]
          .map((text) => mark(text, terms))
          .find((marked) => marked.ranges.length > 0)
  const { city, kind, id, domain, bin, wish, list, step } = row
  return {
    kind,
    id,
    ...(city ? { city } : {}),
    ...(domain ? { domain } : {}),
    ...(bin ? { bin } : {}),
    ...(wish ? { wish } : {}),
    ...(list ? { list } : {}),
    ...(step ? { step } : {}),
    title,
    excerpt: startingNear(excerpt),
    ...(other ? { other: startingNear(other) } : {}),
  }
}
