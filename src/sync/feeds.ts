/** The public feeds of a city that the phone keeps for offline: where each is read and what it must look like. */
import type * as v from 'valibot'
import { alertsAnswerSchema } from '../contract/alert.ts'
import { cityContentSchema } from '../contract/catalog.ts'
import { occurrencesAnswerSchema } from '../contract/events.ts'
import { stationsSchema } from '../contract/stations.ts'
import type { CityId } from '../domain/base/city.ts'

interface Feed<T> {
  readonly path: (city: CityId) => string
  readonly schema: v.GenericSchema<unknown, T>
}

const feed = <T>(path: Feed<T>['path'], schema: Feed<T>['schema']): Feed<T> => ({ path, schema })

const FEEDS = {
  content: feed((city) => `/cities/${city}/content`, cityContentSchema),
  stations: feed((city) => `/cities/${city}/stations`, stationsSchema),
  alerts: feed((city) => `/cities/${city}/alerts`, alertsAnswerSchema),
  // Only who can read it is told of an event that was withdrawn.
  events: feed((city) => `/cities/${city}/events`, occurrencesAnswerSchema),
}

export type FeedName = keyof typeof FEEDS
export type FeedValue<Name extends FeedName> = (typeof FEEDS)[Name] extends Feed<infer Value> ? Value : never

/** The compiler does not follow a name to its own member of the table. */
export function feedOf<Name extends FeedName>(name: Name): Feed<FeedValue<Name>> {
  return FEEDS[name] as unknown as Feed<FeedValue<Name>>
}
