/** What a list is asked for stands in the address: a link shows somebody else the same, and back is the step before. */
import { type ComputedRef, computed } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import { FIND_MAX, type ListShape, type ListSort, sortIn, sortText } from '../contract/desk/lists.ts'
import type { Language } from '../text/language.ts'

export interface ListAsked {
  readonly find: string
  readonly sort: ListSort | undefined
  /** By the filter's name; what is not narrowed is absent. */
  readonly filters: Readonly<Record<string, string>>
}

interface ListPlace {
  readonly shape: ListShape
  /** Before each name, where a page has two lists. */
  readonly prefix: string
  /** As the list is narrowed until somebody asks otherwise. */
  readonly defaults: Readonly<Record<string, string>>
}

/** What the list does not know is left out: an old link still opens. */
function askedIn(query: LocationQuery, { shape, prefix, defaults }: ListPlace): ListAsked {
  const text = (name: string) => [query[prefix + name]].flat()[0] ?? undefined
  const filters: Record<string, string> = {}
  for (const [name, values] of Object.entries(shape.filters)) {
    const value = text(name) ?? defaults[name]
    if (value !== undefined && values.includes(value)) filters[name] = value
  }
  const find = (text('find') ?? '').slice(0, FIND_MAX)
  return { find, sort: sortIn(shape, text('sort') ?? ''), filters }
}

/** The address with this list's part changed; other lists' and the panel's stay. */
function queryWith(
  query: LocationQuery,
  place: ListPlace,
  { find, sort, filters }: ListAsked,
): LocationQuery {
  const { shape, prefix, defaults } = place
  const changed: LocationQuery = { ...query }
  const put = (name: string, value: string | undefined) => {
    if (value === undefined) delete changed[prefix + name]
    else changed[prefix + name] = value
  }
  put('find', find || undefined)
  put('sort', sort && sortText(sort))
  for (const name of Object.keys(shape.filters)) {
    const [value = '', usual = ''] = [filters[name], defaults[name]]
    put(name, value === usual ? undefined : value)
  }
  return changed
}

/** Of the request, without the page: names are those of the backend. */
export function listQuery({ find, sort, filters }: ListAsked, language: Language): URLSearchParams {
  return new URLSearchParams({
    ...filters,
    ...(find.trim() === '' ? {} : { find: find.trim() }),
    ...(sort ? { sort: sortText(sort) } : {}),
    ...(language === 'en' ? { language } : {}),
  })
}

interface ListAddress {
  readonly asked: ComputedRef<ListAsked>
  /** `isTyping`: one step back undoes all that was typed, not its last letter. */
  ask(change: Partial<ListAsked>, how?: { readonly isTyping: boolean }): Promise<unknown>
}

export function useListAddress(place: ListPlace): ListAddress {
  const route = useRoute()
  const router = useRouter()
  const asked = computed(() => askedIn(route.query, place))
  let wasTyping = false
  return {
    asked,
    ask(change, { isTyping } = { isTyping: false }) {
      const query = queryWith(route.query, place, { ...asked.value, ...change })
      const goes = isTyping && wasTyping ? router.replace : router.push
      wasTyping = isTyping
      return goes({ query, hash: route.hash })
    },
  }
}
