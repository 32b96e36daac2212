/** How trips get, keep and lose their names, and what of a file is a route. Loaded where it is done. Pure. */
import { isPlainName, plainName } from '../base/plain-text.ts'
import { NOTE_MAX } from './activity.ts'
import { actKey, type PastAct } from './past-act.ts'
import { joined, type NamedRoute, ROUTES_MAX } from './routes.ts'
import { STOPS_MAX } from './stops.ts'

/** Fits a tile; both ends of a way in a few characters each. In UTF-16 units, as the field counts. */
export const ROUTE_NAME_MAX = 20
/** The name as it is kept; undefined: nothing to see, or longer than a name. */
export function routeName(typed: string): string | undefined {
  const name = plainName(typed)
  return name.length > 0 && name.length <= ROUTE_NAME_MAX ? name : undefined
}

function routeOf(name: string, { code, quantity, stops, note }: PastAct): NamedRoute {
  return {
    name,
    code,
    ...(quantity ? { quantity: { value: quantity.value, unit: quantity.unit } } : {}),
    ...(stops === undefined ? {} : { stops }),
    ...(note ? { note } : {}),
  }
}

/** The trip under its new name, at its place or as the last. Undefined where there is no room for one more. */
export function named(routes: readonly NamedRoute[], act: PastAct, name: string): NamedRoute[] | undefined {
  const route = routeOf(name, act)
  const at = routes.findIndex((one) => actKey(one) === actKey(act))
  if (at >= 0) return routes.with(at, route)
  return routes.length < ROUTES_MAX ? [...routes, route] : undefined
}

/** All but the one of the same act, whatever it is called by now. */
export function without(routes: readonly NamedRoute[], route: NamedRoute): NamedRoute[] {
  return routes.filter((one) => actKey(one) !== actKey(route))
}

/** One place up (-1) or down (1); at the ends nothing moves. */
export function moved(routes: readonly NamedRoute[], at: number, by: -1 | 1): NamedRoute[] {
  const [one, other] = [routes[at], routes[at + by]]
  return one && other ? routes.with(at, other).with(at + by, one) : [...routes]
}

/** From a file that anybody may have written: what is a route, in order, each once. */
export function routesIn(value: unknown): NamedRoute[] {
  if (!Array.isArray(value)) return []
  return joined(
    [],
    value.filter(isRoute).map((route) => routeOf(route.name, route)),
  )
}

function isRoute(value: unknown): value is NamedRoute {
  if (typeof value !== 'object' || value === null) return false
  const { name, code, quantity, stops, note }: Partial<Record<keyof NamedRoute, unknown>> = value
  return (
    typeof name === 'string' &&
    isPlainName(name) &&
    routeName(name) === name &&
    typeof code === 'string' &&
    /^[a-z0-9][a-z0-9-]{0,63}$/.test(code) &&
    (quantity === undefined || isMetres(quantity)) &&
    (stops === undefined || isWhole(stops, STOPS_MAX)) &&
    (note === undefined || (typeof note === 'string' && note.length <= NOTE_MAX))
  )
}

function isMetres(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('unit' in value && 'value' in value)) return false
  return value.unit === 'metre' && isWhole(value.value, 1_000_000_000)
}

function isWhole(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= most
}
