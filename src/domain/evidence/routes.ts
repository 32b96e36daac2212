/** Trips to which a person has given a name of their own: 家→单位. Kept on the phone alone. Pure. */
import type { Quantity } from './activity.ts'
import { actKey } from './past-act.ts'

export interface NamedRoute {
  readonly name: string
  readonly code: string
  readonly quantity?: Quantity
  readonly stops?: number
  readonly note?: string
}

/** As many as can still be read through at once. */
export const ROUTES_MAX = 12

/** What the phone has, and after it what a file brings that it lacks. */
export function joined(own: readonly NamedRoute[], more: readonly NamedRoute[]): NamedRoute[] {
  const byTrip = new Map<string, NamedRoute>()
  for (const route of [...own, ...more]) if (!byTrip.has(actKey(route))) byTrip.set(actKey(route), route)
  return [...byTrip.values()].slice(0, ROUTES_MAX)
}
