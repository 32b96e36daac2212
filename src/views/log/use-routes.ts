/** Named routes and what can be done with them; each change can be taken back at once. */
import { computed } from 'vue'
import { useToast } from '../../composables/useToast.ts'
import { actKey, type PastAct } from '../../domain/evidence/past-act.ts'
import { moved, named, routeName, without } from '../../domain/evidence/route-names.ts'
import { type NamedRoute, ROUTES_MAX } from '../../domain/evidence/routes.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { useText } from '../../text/define-text.ts'
import { routesText } from '../../text/log/routes.ts'

export function useRoutes() {
  const t = useText(routesText)
  const ledger = useLedgerStore()
  const toast = useToast()
  const routes = computed(() => ledger.base?.routes ?? [])

  const nameOf = (act: PastAct): string | undefined =>
    routes.value.find((route) => actKey(route) === actKey(act))?.name

  /** False where nothing was stored: no name, or no room; the latter is said. */
  async function name(act: PastAct, typed: string): Promise<boolean> {
    const given = routeName(typed)
    if (given === undefined) return false
    const next = named(routes.value, act, given)
    if (!next) {
      toast.show({ text: t.value.full(ROUTES_MAX) })
      return false
    }
    await ledger.setRoutes(next)
    toast.show({ text: t.value.saved(given) })
    return true
  }

  async function remove(route: NamedRoute): Promise<void> {
    const before = routes.value
    await ledger.setRoutes(without(before, route))
    const action = { label: t.value.putBack, run: () => ledger.setRoutes(before) }
    toast.show({ text: t.value.removed(route.name), action })
  }

  const move = (at: number, by: -1 | 1): Promise<void> => ledger.setRoutes(moved(routes.value, at, by))

  return { routes, nameOf, name, remove, move }
}
