/** The public feeds that the phone keeps for offline: where each is read and what it must look like. */
import type * as v from 'valibot'
import { alertsAnswerSchema } from '../contract/alert.ts'
import { cityContentSchema, offersAnswerSchema } from '../contract/catalog.ts'
import { occurrencesAnswerSchema } from '../contract/events.ts'
import { plantingDaysSchema } from '../contract/planting.ts'
import { providersAnswerSchema } from '../contract/providers.ts'
import { stationsSchema } from '../contract/stations.ts'
import type { CityId } from '../domain/base/city.ts'

interface Feed<T> {
  /** Throws where a feed of a city is asked for without one. */
  readonly path: (city: CityId | undefined) => string
  readonly schema: v.GenericSchema<unknown, T>
}

const feed = <T>(path: Feed<T>['path'], schema: Feed<T>['schema']): Feed<T> => ({ path, schema })

const ofCity = (part: string) => (city: CityId | undefined) => {
  if (city === undefined) throw new RangeError(`${part} of which city?`)
  return `/cities/${city}/${part}`
}

const FEEDS = {
  content: feed(ofCity('content'), cityContentSchema),
  stations: feed(ofCity('stations'), stationsSchema),
  alerts: feed(ofCity('alerts'), alertsAnswerSchema),
  // Only who can read it is told of an event that was withdrawn.
  events: feed(ofCity('events'), occurrencesAnswerSchema),
  planting: feed(ofCity('planting-days'), plantingDaysSchema),
  offers: feed(() => '/offers?wire=2', offersAnswerSchema),
  providers: feed(() => '/providers', providersAnswerSchema),
}

export type FeedName = keyof typeof FEEDS
export type FeedValue<Name extends FeedName> = (typeof FEEDS)[Name] extends Feed<infer Value> ? Value : never

/** The compiler does not follow a name to its own member of the table. */
export function feedOf<Name extends FeedName>(name: Name): Feed<FeedValue<Name>> {
  return FEEDS[name] as unknown as Feed<FeedValue<Name>>
}
