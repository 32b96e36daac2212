// The sorts of honest trips that distance and mode are tuned on, and others that are only measured: other ways, receivers and recorders.
import type { Receiver, Recorder, Sort } from './honest-people.ts'

const KM = 1000
const everySecond: Recorder = { every: 1 }
const good: Receiver = { white: 1, drift: { metres: 2.5, memory: 20 } }
const phone: Receiver = { white: 1.5, drift: { metres: 4, memory: 30 } }
const lights: Sort['halts'] = { apart: [250, 900], seconds: [15, 80], share: 0.6 }
const crossings: Sort['halts'] = { apart: [150, 500], seconds: [10, 60], share: 0.5 }
const busStops: Sort['halts'] = { apart: [350, 900], seconds: [10, 45], share: 0.9 }
const stations: Sort['halts'] = { apart: [900, 2000], seconds: [25, 45], share: 1 }

const walk = {
  means: 'walk',
  way: 'blocks',
  metres: [0.8 * KM, 3 * KM],
  cruise: [1.1, 1.6],
  halts: crossings,
} as const
const bike = {
  means: 'bike',
  way: 'blocks',
  metres: [2 * KM, 9 * KM],
  cruise: [3.6, 6.2],
  halts: lights,
} as const
const bus = {
  means: 'vehicle',
  way: 'blocks',
  metres: [4 * KM, 15 * KM],
  cruise: [9, 14],
  halts: busStops,
} as const
const car = {
  means: 'vehicle',
  way: 'winding',
  metres: [5 * KM, 25 * KM],
  cruise: [11, 20],
  halts: { ...lights, apart: [500, 2000] },
} as const
const metro = {
  means: 'vehicle',
  way: 'line',
  metres: [6 * KM, 20 * KM],
  cruise: [17, 24],
  halts: stations,
} as const

const canyon = (how: 'abrupt' | 'gliding' | 'wandering', share: number, most: number): Receiver => ({
  white: 1.5,
  drift: { metres: 3, memory: 25 },
  reflections: { how, share, metres: [10, most], seconds: [15, 60] },
})

export const TUNED_SORTS: readonly Sort[] = [
  { name: 'walk, clear sky', ...walk, receiver: good, recorder: everySecond },
  { name: 'walk, phone', ...walk, receiver: phone, recorder: { every: 1, skipShare: 0.2 } },
  { name: 'walk, white noise', ...walk, receiver: { white: 6 }, recorder: everySecond },
  { name: 'walk, abrupt reflections', ...walk, receiver: canyon('abrupt', 0.2, 50), recorder: everySecond },
  {
    name: 'walk, gliding reflections',
    ...walk,
    receiver: canyon('gliding', 0.15, 40),
    recorder: everySecond,
  },
  { name: 'walk, mall', ...walk, receiver: canyon('wandering', 0.25, 20), recorder: everySecond },
  { name: 'walk, park', ...walk, way: 'park', receiver: phone, recorder: everySecond },
  { name: 'walk, every 10 s', ...walk, receiver: phone, recorder: { every: 10, jitter: 0.4 } },
  { name: 'walk, every 30 s', ...walk, receiver: phone, recorder: { every: 30, jitter: 0.3 } },
  { name: 'bike, clear sky', ...bike, receiver: good, recorder: everySecond },
  { name: 'bike, white noise', ...bike, receiver: { white: 6 }, recorder: everySecond },
  { name: 'bike, winding', ...bike, way: 'winding', receiver: phone, recorder: everySecond },
  { name: 'bike, canyon', ...bike, receiver: canyon('abrupt', 0.25, 60), recorder: everySecond },
  {
    name: 'bike, gliding reflections',
    ...bike,
    receiver: canyon('gliding', 0.15, 40),
    recorder: everySecond,
  },
  { name: 'bike, every 5 s', ...bike, receiver: phone, recorder: { every: 5, jitter: 0.4 } },
  { name: 'bike, every 20 s', ...bike, receiver: phone, recorder: { every: 20, jitter: 0.3 } },
  {
    name: 'bike, winding every 15 s',
    ...bike,
    way: 'winding',
    receiver: phone,
    recorder: { every: 15, jitter: 0.3 },
  },
  {
    name: 'bike, gaps',
    ...bike,
    receiver: phone,
    recorder: { every: 1, gaps: { count: 2, seconds: [40, 120] } },
  },
  { name: 'bus, phone', ...bus, receiver: phone, recorder: everySecond },
  { name: 'bus, canyon', ...bus, receiver: canyon('abrupt', 0.25, 60), recorder: everySecond },
  { name: 'bus, every 10 s', ...bus, receiver: phone, recorder: { every: 10, jitter: 0.4 } },
  { name: 'bus, every 30 s', ...bus, receiver: phone, recorder: { every: 30, jitter: 0.3 } },
  { name: 'car, winding', ...car, receiver: phone, recorder: everySecond },
  {
    name: 'bus, rush hour',
    ...bus,
    metres: [2 * KM, 6 * KM],
    cruise: [8, 11],
    halts: { apart: [50, 220], seconds: [8, 60], share: 1 },
    receiver: phone,
    recorder: everySecond,
  },
  {
    name: 'bus, narrow streets',
    ...bus,
    way: 'winding',
    metres: [3 * KM, 8 * KM],
    cruise: [7.5, 9.5],
    receiver: good,
    recorder: everySecond,
  },
  {
    name: 'bike, fast',
    ...bike,
    cruise: [6.5, 8.5],
    receiver: phone,
    recorder: { every: 2 },
  },
  {
    name: 'metro above ground',
    ...metro,
    receiver: phone,
    recorder: { every: 1, gaps: { count: 2, seconds: [40, 110] } },
  },
]

/** Nothing was tuned on these until 2026-11-30, when lengths were mended for thin tracks and soft errors. */
export const OTHER_SORTS: readonly Sort[] = [
  {
    name: 'slow walk, much noise',
    ...walk,
    cruise: [0.8, 1.1],
    receiver: { white: 8 },
    recorder: { every: 1 },
  },
  {
    name: 'brisk walk, winding',
    ...walk,
    way: 'winding',
    cruise: [1.5, 1.9],
    receiver: { white: 3, drift: { metres: 3, memory: 12 } },
    recorder: { every: 2 },
  },
  {
    name: 'walk there and back',
    ...walk,
    way: 'there-and-back',
    receiver: phone,
    recorder: { every: 3, jitter: 0.5 },
  },
  {
    name: 'walk between towers',
    ...walk,
    receiver: { white: 2, reflections: { how: 'abrupt', share: 0.35, metres: [15, 60], seconds: [10, 40] } },
    recorder: { every: 1, skipShare: 0.1 },
  },
  {
    name: 'walk through a mall',
    ...walk,
    receiver: {
      white: 2,
      drift: { metres: 3, memory: 15 },
      reflections: { how: 'wandering', share: 0.3, metres: [8, 18], seconds: [40, 180] },
    },
    recorder: { every: 2 },
  },
  { name: 'walk, saving power', ...walk, receiver: { white: 4 }, recorder: { every: 20, jitter: 0.6 } },
  { name: 'walk, every 10 metres', ...walk, receiver: phone, recorder: { every: 1, minMetres: 10 } },
  {
    name: 'slow bike, hills',
    ...bike,
    way: 'winding',
    cruise: [2.8, 4],
    receiver: { white: 3 },
    recorder: { every: 1, skipShare: 0.3 },
  },
  { name: 'fast bike, park', ...bike, way: 'park', cruise: [6, 8], receiver: good, recorder: { every: 4 } },
  {
    name: 'bike between towers',
    ...bike,
    receiver: {
      white: 2,
      drift: { metres: 4, memory: 40 },
      reflections: { how: 'gliding', share: 0.3, metres: [10, 60], seconds: [20, 60] },
    },
    recorder: { every: 1 },
  },
  { name: 'bike, one fix a minute', ...bike, way: 'line', receiver: phone, recorder: { every: 60 } },
  {
    name: 'bike, tunnel',
    ...bike,
    receiver: good,
    recorder: { every: 2, gaps: { count: 1, seconds: [60, 150] } },
  },
  {
    name: 'bus between towers',
    ...bus,
    receiver: { white: 3, reflections: { how: 'gliding', share: 0.3, metres: [15, 60], seconds: [20, 60] } },
    recorder: { every: 1 },
  },
  {
    name: 'bus, jittered',
    ...bus,
    way: 'winding',
    receiver: { white: 5 },
    recorder: { every: 8, jitter: 0.9 },
  },
  { name: 'bus in traffic', ...bus, cruise: [6, 9], receiver: phone, recorder: { every: 2 } },
  {
    name: 'car in a jam',
    ...car,
    metres: [2 * KM, 5 * KM],
    cruise: [9, 13],
    halts: { apart: [40, 260], seconds: [10, 90], share: 1 },
    receiver: { white: 2, drift: { metres: 3, memory: 20 } },
    recorder: { every: 3 },
  },
  { name: 'racing bike', ...bike, way: 'winding', cruise: [7, 9], receiver: good, recorder: everySecond },
  { name: 'short bike ride', ...bike, metres: [500, 1000], receiver: phone, recorder: { every: 3 } },
  {
    name: 'metro, every 5 s',
    ...metro,
    receiver: { white: 6 },
    recorder: { every: 5, gaps: { count: 3, seconds: [40, 100] } },
  },
]

/** Kept back until the way was read as it is since 2026-11-29, and printed since: what they showed then was mended, so they say less now. */
export const KEPT_SORTS: readonly Sort[] = [
  {
    name: 'stroll with stops at shops',
    ...walk,
    cruise: [0.9, 1.2],
    halts: { apart: [80, 300], seconds: [20, 120], share: 0.7 },
    receiver: { white: 2.5, drift: { metres: 3, memory: 40 } },
    recorder: { every: 2, jitter: 0.2 },
  },
  {
    name: 'walk along a high street',
    ...walk,
    receiver: {
      white: 3,
      drift: { metres: 2, memory: 15 },
      reflections: { how: 'gliding', share: 0.25, metres: [12, 45], seconds: [15, 50] },
    },
    recorder: { every: 2 },
  },
  {
    name: 'walk, covered market',
    ...walk,
    way: 'winding',
    receiver: {
      white: 1,
      drift: { metres: 3, memory: 20 },
      reflections: { how: 'wandering', share: 0.2, metres: [8, 22], seconds: [30, 120] },
    },
    recorder: { every: 1 },
  },
  { name: 'walk, every 15 s', ...walk, receiver: { white: 3 }, recorder: { every: 15, jitter: 0.2 } },
  {
    name: 'dog walk, there and back',
    ...walk,
    way: 'there-and-back',
    halts: { apart: [60, 250], seconds: [5, 40], share: 0.6 },
    receiver: good,
    recorder: { every: 5 },
  },
  {
    name: 'bike, rain on the screen',
    ...bike,
    receiver: { white: 7 },
    recorder: { every: 1, skipShare: 0.4 },
  },
  {
    name: 'bike by the river',
    ...bike,
    way: 'winding',
    cruise: [4, 5.5],
    receiver: { white: 2, drift: { metres: 5, memory: 60 } },
    recorder: { every: 3 },
  },
  { name: 'bike, every 30 s', ...bike, receiver: phone, recorder: { every: 30, jitter: 0.2 } },
  {
    name: 'bike, one long gap',
    ...bike,
    receiver: phone,
    recorder: { every: 2, gaps: { count: 1, seconds: [90, 240] } },
  },
  {
    name: 'bike under bridges',
    ...bike,
    receiver: { white: 1.5, reflections: { how: 'abrupt', share: 0.1, metres: [20, 90], seconds: [3, 15] } },
    recorder: { every: 1, gaps: { count: 3, seconds: [10, 25] } },
  },
  { name: 'bus, every 20 s', ...bus, receiver: phone, recorder: { every: 20, jitter: 0.4 } },
  {
    name: 'bus, inner city',
    ...bus,
    metres: [3 * KM, 8 * KM],
    cruise: [7, 10],
    halts: { apart: [100, 450], seconds: [10, 70], share: 0.9 },
    receiver: canyon('gliding', 0.2, 45),
    recorder: { every: 2 },
  },
  {
    name: 'car, stop and go',
    ...car,
    metres: [3 * KM, 8 * KM],
    cruise: [10, 14],
    halts: { apart: [60, 350], seconds: [8, 70], share: 0.9 },
    receiver: phone,
    recorder: { every: 2 },
  },
  {
    name: 'tram above ground',
    ...metro,
    cruise: [10, 14],
    halts: { apart: [400, 900], seconds: [15, 30], share: 1 },
    receiver: { white: 2, drift: { metres: 3, memory: 20 } },
    recorder: { every: 4 },
  },
]
