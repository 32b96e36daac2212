/** The stations of a city: public bikes, charging, integrated energy. Bikes are those of the city's GBFS feed, in a shape that all kinds share. */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'

const instant = v.pipe(v.number(), v.integer())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** WGS-84, as a receiver gives it. */
const place = {
  lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  lon: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
}

const common = {
  id: v.pipe(v.string(), v.minLength(1)),
  nameZh: v.string(),
  nameEn: v.string(),
  addressZh: v.string(),
  addressEn: v.string(),
  ...place,
  /** The measure of the city's plan that it is an example of. */
  measure: v.string(),
  /** Not a real station: sample data. */
  sample: v.boolean(),
  isOpen: v.boolean(),
  /** When the station itself last said so. */
  reportedAt: instant,
}

/** AC charges overnight, DC within the hour; the plugs of GB/T 20234.2 and 20234.3. */
const connector = v.object({
  type: v.picklist(['ac', 'dc']),
  powerKw: v.pipe(v.number(), v.minValue(1)),
  total: count,
  free: count,
})

const ENERGY_SERVICES = ['charging', 'swapping', 'hydrogen', 'gas', 'petrol'] as const

const stationSchema = v.variant('kind', [
  v.object({ ...common, kind: v.literal('bike'), bikes: count, docks: count, capacity: count }),
  v.object({ ...common, kind: v.literal('charging'), connectors: v.array(connector) }),
  v.object({
    ...common,
    kind: v.literal('energy'),
    connectors: v.array(connector),
    services: v.array(v.picklist(ENERGY_SERVICES)),
  }),
])

export const stationsSchema = v.object({
  city: v.picklist(CITY_IDS),
  /** The moment that the counts are of. */
  at: instant,
  /** Where to measure from while nobody's own position is known. */
  centre: v.object(place),
  stations: v.array(stationSchema),
})

export type Station = v.InferOutput<typeof stationSchema>
export type StationKind = Station['kind']
export type Connector = v.InferOutput<typeof connector>
export type EnergyService = (typeof ENERGY_SERVICES)[number]
export type CityStations = v.InferOutput<typeof stationsSchema>
