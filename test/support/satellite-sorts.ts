// Whom and where satellite-trips.ts makes trips of. Written after the lengths were tuned, to show what they are worth elsewhere: only persons from
// `LOOKED_AT_FROM` on are ever looked at sort by sort; those from `NEVER_LOOKED_AT_FROM` on say as a whole what holds.
import type { Person, SatelliteSort } from './satellite-trips.ts'

export const LOOKED_AT_FROM = 500_000
export const NEVER_LOOKED_AT_FROM = 600_000

const WALKER: Person = {
  ...{ means: 'walk', metres: [900, 3500], pace: [1, 1.6], gain: 0.9, stands: 2.2, seconds: [5, 60], arc: 3 },
}
const CYCLIST: Person = {
  ...{ means: 'bike', metres: [2200, 9000], pace: [3.4, 6.2], gain: 0.5, stands: 1.4, seconds: [6, 70] },
  arc: 8,
}
const BUS: Person = {
  ...{ means: 'vehicle', metres: [4000, 12_000], pace: [8, 13], gain: 1, stands: 2, seconds: [10, 45] },
  arc: 20,
}
const FERRY: Person = { ...BUS, metres: [3000, 7000], pace: [4, 7], stands: 0.2, seconds: [60, 200], arc: 90 }

export const SATELLITE_SORTS: readonly SatelliteSort[] = [
  { name: 'walk, old town', person: WALKER, road: 'old town', houses: 9, saving: { every: 1 } },
  { name: 'walk between towers', person: WALKER, road: 'grid', houses: 28, saving: { every: 1 } },
  {
    name: 'walk between towers, every 5 s',
    person: WALKER,
    road: 'old town',
    houses: 22,
    saving: { every: 5 },
  },
  { name: 'walk, every 15 s', person: WALKER, road: 'old town', houses: 14, saving: { every: 15 } },
  { name: 'walk, a fix a minute', person: WALKER, road: 'grid', houses: 10, saving: { every: 60 } },
  { name: 'walk round a park', person: WALKER, road: 'park rounds', houses: 0, saving: { every: 1 } },
  {
    name: 'walk there and back',
    person: WALKER,
    road: 'old town',
    isThereAndBack: true,
    houses: 9,
    saving: { every: 5 },
  },
  { name: 'walk with stairs', person: WALKER, road: 'stairs', houses: 12, saving: { every: 1 } },
  {
    name: 'walk, cafés’ networks',
    person: WALKER,
    road: 'old town',
    houses: 12,
    saving: { every: 2, cafes: 0.04 },
  },
  {
    name: 'walk, networks only',
    person: WALKER,
    road: 'grid',
    houses: 12,
    saving: { every: 15, networks: 18 },
  },
  {
    name: 'walk, in bursts',
    person: WALKER,
    road: 'grid',
    houses: 12,
    saving: { every: 1, burst: [6, 18] },
  },
  { name: 'bike, old town', person: CYCLIST, road: 'old town', houses: 9, saving: { every: 1 } },
  { name: 'bike between towers', person: CYCLIST, road: 'grid', houses: 28, saving: { every: 1 } },
  {
    name: 'bike through tunnels',
    person: CYCLIST,
    road: 'old town',
    houses: 9,
    saving: { every: 1, tunnels: [2, 45, 110] },
  },
  { name: 'bike, every 15 s', person: CYCLIST, road: 'old town', houses: 12, saving: { every: 15 } },
  { name: 'bike, a fix a minute', person: CYCLIST, road: 'grid', houses: 9, saving: { every: 60 } },
  { name: 'bike by a river', person: CYCLIST, road: 'riverside', houses: 0, saving: { every: 5 } },
  {
    name: 'bike there and back, in bursts',
    person: CYCLIST,
    road: 'riverside',
    isThereAndBack: true,
    houses: 5,
    saving: { every: 1, burst: [5, 15] },
  },
  {
    name: 'bike, late and repeated fixes',
    person: CYCLIST,
    road: 'grid',
    houses: 14,
    saving: { every: 2, late: 0.2 },
  },
  { name: 'bus between towers', person: BUS, road: 'avenues', houses: 28, saving: { every: 1 } },
  { name: 'bus, every 15 s', person: BUS, road: 'avenues', houses: 16, saving: { every: 15 } },
  {
    name: 'bus through tunnels',
    person: BUS,
    road: 'avenues',
    houses: 12,
    saving: { every: 2, tunnels: [2, 40, 100] },
  },
  { name: 'car, a fix a minute', person: BUS, road: 'crossing', houses: 0, saving: { every: 60 } },
  {
    name: 'ferry, the phone below deck',
    person: FERRY,
    road: 'crossing',
    houses: 0,
    saving: { every: 5, tunnels: [1, 60, 200] },
  },
]
