/** The page of this app that does something, by its route's name: what it is called, and the way there for a city. */
import { type RouteLocationRaw, useRouter } from 'vue-router'
import type { CityId } from '../../../domain/base/city.ts'
import { pageTitles } from '../../../text/app/page-titles.ts'
import { useText } from '../../../text/define-text.ts'

interface AppPage {
  readonly title: string
  readonly to: RouteLocationRaw
}

/** Null for a route that there is not. */
export function useAppPage(): (route: string | null, city: CityId) => AppPage | null {
  const router = useRouter()
  const titles = useText(pageTitles)
  return (name, city) => {
    const route = router.getRoutes().find((one) => one.name === name)
    if (name === null || !route) return null
    const params = route.path.includes(':city') ? { city } : {}
    // The guides are for all cities, and told which by the address.
    const query = route.path.startsWith('/guides') ? { city } : {}
    return { title: titles.value[route.meta.title], to: { name, params, query } }
  }
}
