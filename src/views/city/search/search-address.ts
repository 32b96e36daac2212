/**
 * What is searched for, in the address, so that coming back from a result shows the results again. Typing changes the refs at once and the
 * address a moment later: a step of the router with each letter would be felt.
 */
import { ref, shallowRef, watch } from 'vue'
import { type LocationQuery, onBeforeRouteLeave, onBeforeRouteUpdate, useRoute, useRouter } from 'vue-router'
import type { SearchFilter } from '../../../content/search-filter.ts'
import { isCityId } from '../../../domain/base/city.ts'
import { audienceOrder, isDomain } from '../plan/fields.ts'

const WRITE_AFTER_MS = 400

/** `?q=公交&in=jinan&field=transport&for=citizen&year=2025`; without words there is no search and no filter. */
export function addressOf(query: string, filter: SearchFilter): Record<string, string> {
  if (query === '') return {}
  return {
    q: query,
    ...(filter.city ? { in: filter.city } : {}),
    ...(filter.domain ? { field: filter.domain } : {}),
    ...(filter.audience ? { for: filter.audience } : {}),
    ...(filter.year ? { year: String(filter.year) } : {}),
  }
}

/** What is no filter of ours is left out: an address can be typed by hand. */
function filterIn(address: LocationQuery): SearchFilter {
  const { in: city, field, for: audience, year } = address
  return {
    city: typeof city === 'string' && isCityId(city) ? city : undefined,
    domain: typeof field === 'string' && isDomain(field) ? field : undefined,
    audience: audienceOrder.find((each) => each === audience),
    year: typeof year === 'string' && /^20\d\d$/.test(year) ? Number(year) : undefined,
  }
}

function queryIn(address: LocationQuery): string {
  return typeof address.q === 'string' ? address.q : ''
}

export function useSearchAddress() {
  const route = useRoute()
  const router = useRouter()
  const query = ref(queryIn(route.query))
  const filter = shallowRef(filterIn(route.query))
  let timer: ReturnType<typeof setTimeout> | undefined

  const wanted = () => ({ path: route.path, query: addressOf(query.value, filter.value) })
  const isWritten = () =>
    router.resolve(wanted()).fullPath === router.resolve({ path: route.path, query: addressIn() }).fullPath
  const addressIn = () => addressOf(queryIn(route.query), filterIn(route.query))

  watch([query, filter], () => {
    clearTimeout(timer)
    timer = isWritten() ? undefined : setTimeout(write, WRITE_AFTER_MS)
  })

  function write(): void {
    timer = undefined
    void router.replace(wanted())
  }

  // By a link, or back and forth.
  watch(
    () => route.query,
    (address) => {
      if (timer !== undefined || isWritten()) return
      query.value = queryIn(address)
      filter.value = filterIn(address)
    },
  )

  /** What was typed in the last moment belongs to the page that is left. */
  function leave(): void {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    // On a step back the browser already stands on another entry.
    if (location.pathname + location.search !== route.fullPath.split('#')[0]) return
    const { fullPath, href } = router.resolve(wanted())
    // The router takes from here what it leaves behind.
    history.replaceState({ ...history.state, current: fullPath }, '', href)
  }
  onBeforeRouteLeave(leave)
  onBeforeRouteUpdate(leave)

  return { query, filter }
}
