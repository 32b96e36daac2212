/** How a track moves decides what it can be: each rule with the numbers that fired it, and none where there is nothing to judge. */
import { describe, expect, it } from 'vitest'
import type { ActivityClaim } from '../../../src/domain/evidence/activity.ts'
import type { TrackMotion } from '../../../src/domain/evidence/track-motion.ts'
import { assess } from '../../../src/domain/methodology/assess.ts'
import { type Other, whyReplayed } from '../../../src/domain/methodology/motion.ts'
import { SD_DEMO_V2, SD_DEMO_V3 } from '../../../src/domain/methodology/packs/index.ts'
import { MemoryUsage } from '../../support/usage.ts'
import { at } from './claims.ts'

const STARTED = at('2026-12-01T08:00')
const NOW = at('2026-12-01T20:00')
const DAY_MS = 24 * 3600_000

/** As a ride to work is. */
const RIDE: TrackMotion = {
  reachMetres: 3400,
  strideMetres: 270,
  hopsPerMille: 0,
  surges: 0,
  strayDecimetres: 800,
  evenPerMille: 140,
  swayPerMille: 80,
  jitterCentimetres: 80,
  roundPerMille: 0,
  repeatsPerMille: 5,
  landmarks: '',
}

function ride(motion: Partial<TrackMotion> | undefined, given: Partial<ActivityClaim> = {}): ActivityClaim {
  return {
    code: 'bike',
    city: 'jinan',
    startedAt: STARTED,
    endedAt: STARTED + 1_500_000,
    quantity: { value: 6000, unit: 'metre' },
    evidence: {
      trust: 'import',
      digest: 'c0ffee',
      points: 1400,
      movingSeconds: 1400,
      maxSpeedMetresPerHour: 21_000,
      ...(motion ? { motion: { ...RIDE, ...motion } } : {}),
    },
    ...given,
  }
}

function verdictOn(claim: ActivityClaim, pack = SD_DEMO_V3, isReviewed = false) {
  const { verdict, reasons } = assess(claim, { usage: new MemoryUsage(), pack, now: NOW, isReviewed })
  return [verdict, ...reasons.map(({ code, numbers }) => (numbers ? [code, numbers] : [code]))]
}

describe('the motion of a ride', () => {
  it('is accepted as people ride, and where an older build says nothing of it', () => {
    expect(verdictOn(ride({}))).toEqual(['accepted'])
    expect(verdictOn(ride(undefined))).toEqual(['accepted'])
  })

  it('is accepted where a few changes of pace come again as by a metronome, or hardly any are seen', () => {
    for (const [repeatsPerMille, sorts] of [
      [900, 5],
      [500, 6],
    ] as const) {
      const landmarks = Array.from({ length: sorts }, (_, i) => `00000${i}`).join('')
      expect(verdictOn(ride({ repeatsPerMille, landmarks }))).toEqual(['accepted'])
    }
  })

  it.each<[string, Partial<TrackMotion>, unknown[]]>([
    ['stays where it was', { reachMetres: 75 }, ['rejected', ['nothing_moved', { reach: 75 }]]],
    [
      'wanders about one place',
      { reachMetres: 160, strideMetres: 140 },
      ['rejected', ['nothing_moved', { reach: 160 }]],
    ],
    ['leaps between places', { hopsPerMille: 301 }, ['rejected', ['nothing_moved', { hops: 301 }]]],
    ['starts as a vehicle does', { surges: 2 }, ['rejected', ['vehicle_motion', { limit: 1, given: 2 }]]],
    [
      'is one stretch several times',
      { repeatsPerMille: 500, landmarks: '0123456789ab'.repeat(10) },
      ['rejected', ['track_replayed', { repeats: 500 }]],
    ],
    [
      'is a short stretch four times',
      { repeatsPerMille: 750, landmarks: '0123456789ab'.repeat(5) },
      ['rejected', ['track_replayed', { repeats: 750 }]],
    ],
    [
      'keeps one pace for ten seconds and ten',
      { evenPerMille: 451 },
      ['review', ['speed_uniform', { even: 451 }]],
    ],
    [
      'keeps one pace from minute to minute',
      { swayPerMille: 27 },
      ['review', ['speed_uniform', { sway: 27, least: 28 }]],
    ],
    [
      'has times worked out from its way',
      { strayDecimetres: 40 },
      ['review', ['speed_uniform', { stray: 40 }]],
    ],
    [
      'has noise that no receiver makes',
      { jitterCentimetres: 321 },
      ['review', ['speed_uniform', { jitter: 321 }]],
    ],
    ['lies on a grid', { roundPerMille: 801 }, ['review', ['places_rounded', { round: 801 }]]],
  ])('is told apart where it %s', (_, motion, wanted) => {
    expect(verdictOn(ride(motion))).toEqual(wanted)
    expect(verdictOn(ride(motion), SD_DEMO_V2)).toEqual(['accepted'])
  })

  it('was one peak at 41 km/h: a bus, not a bicycle', () => {
    const { evidence } = ride({})
    const fast = ride(
      {},
      { evidence: { ...evidence, maxSpeedMetresPerHour: 41_000 } as ActivityClaim['evidence'] },
    )
    expect(verdictOn(fast)).toEqual(['rejected', ['too_fast', { limit: 40_000, given: 41_000 }]])
  })

  it('of a bus that goes round and round on the spot is a phone between towers; of a bicycle it is laps', () => {
    const round = { reachMetres: 1200 }
    expect(verdictOn(ride(round, { code: 'bus' }))).toEqual(['rejected', ['nothing_moved', { reach: 1200 }]])
    expect(verdictOn(ride(round))).toEqual(['accepted'])
  })

  it('of a bus may be as even as its driver likes: it is worth one’s word', () => {
    expect(verdictOn(ride({ evenPerMille: 900, swayPerMille: 5 }, { code: 'bus' }))).toEqual([
      'adjusted',
      ['mode_unproven', { share: 500 }],
    ])
  })

  it('is not doubted again after a person has looked', () => {
    expect(verdictOn(ride({ swayPerMille: 5 }), SD_DEMO_V3, true)).toEqual(['accepted'])
  })
})

describe('a trip that another has much in common with', () => {
  /** Values of those that are seen closely: even numbers. */
  const of = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => (2 * (from + i)).toString(16).padStart(6, '0')).join('')
  const original = ride({ landmarks: of(0, 36) })
  const later = (landmarks: string, days = 3, given: Partial<ActivityClaim> = {}) =>
    ride(
      { landmarks },
      { startedAt: STARTED + days * DAY_MS, endedAt: STARTED + days * DAY_MS + 1_500_000, ...given },
    )
  const why = (claim: ActivityClaim, other: Partial<Other> = {}) =>
    whyReplayed(claim, { claim: original, isOwn: true, ...other }, SD_DEMO_V3)

  it('is that trip once more from ten in common on, whoever it was', () => {
    const copied = { code: 'track_replayed', numbers: { days: 3 } }
    expect(why(later(of(26, 62)))).toEqual(copied)
    expect(why(later(of(26, 62)), { isOwn: false })).toEqual(copied)
    expect(why(later(of(27, 63)))).toBeUndefined()
  })

  it('is found where it is a small part of it, and not by a few that are chance', () => {
    expect(why(later(of(20, 30)))).toBeDefined()
    expect(why(later(of(20, 27)))).toBeDefined()
    expect(why(later(of(20, 26)))).toBeUndefined()
  })

  it('is friends on one ride at the same time, unless even the receiver’s errors are the same', () => {
    expect(why(later(of(10, 46), 0), { isOwn: false })).toBeUndefined()
    expect(why(later(of(5, 41), 0), { isOwn: false })).toEqual({
      code: 'track_replayed',
      numbers: { days: 0 },
    })
    expect(why(later(of(0, 36), 0, { code: 'bus' }), { isOwn: false })).toBeUndefined()
  })

  it('is for the rules of one ride to judge where the two are of one time and one account', () => {
    expect(why(later(of(0, 36), 0))).toBeUndefined()
  })

  it('may be like it by half where no more than one’s word is paid: the metro keeps to its timetable', () => {
    expect(why(later(of(19, 55), 3, { code: 'metro' }))).toBeUndefined()
    expect(why(later(of(17, 53), 3, { code: 'metro' }))).toBeDefined()
  })
})

describe('a trip whose clock was changed', () => {
  /** Values of those that are seen closely: even numbers, and how long they took in steps of two per cent. */
  const of = (from: number, to: number, span = 0x50) =>
    Array.from(
      { length: to - from },
      (_, i) => (2 * (from + i)).toString(16).padStart(5, '0') + span.toString(16).padStart(2, '0'),
    ).join('')
  const landmarks = (from: number) =>
    Array.from({ length: 36 }, (_, i) => (2 * (from + i)).toString(16).padStart(6, '0')).join('')
  const original = ride({ landmarks: landmarks(0), tempo: of(0, 40) })
  const why = (
    motion: Partial<TrackMotion>,
    given: Partial<ActivityClaim> = {},
    other: Partial<Other> = {},
  ) => {
    const [startedAt, endedAt] = [STARTED + 3 * DAY_MS, STARTED + 3 * DAY_MS + 1_500_000]
    return whyReplayed(
      ride(motion, { startedAt, endedAt, ...given }),
      { claim: original, isOwn: true, ...other },
      SD_DEMO_V3,
    )
  }
  const copied = { code: 'track_replayed', numbers: { days: 3 } }

  it('is that trip once more where two fifths are in common at one tempo', () => {
    expect(why({ tempo: of(24, 64, 0x55) })).toEqual(copied)
    expect(why({ tempo: of(25, 65, 0x55) })).toBeUndefined()
    expect(why({ tempo: of(24, 64, 0x50 + 36) })).toBeUndefined()
  })

  it('is found where it is a small part of it, and not by fewer than five', () => {
    expect(why({ tempo: of(20, 28, 0x4b) })).toEqual(copied)
    expect(why({ tempo: of(35, 43, 0x4b) })).toEqual(copied)
    expect(why({ tempo: of(36, 43, 0x4b) })).toBeUndefined()
  })

  it('is not where what is in common was faster here and slower there', () => {
    const mixed = of(20, 25, 0x50) + of(25, 30, 0x55) + of(30, 35, 0x5a) + of(35, 60, 0x5f)
    expect(why({ tempo: mixed })).toBeUndefined()
  })

  it('is judged as of old where one of the phones does not tell of tempos', () => {
    expect(why({ landmarks: landmarks(20) })).toEqual(copied)
    expect(why({ landmarks: landmarks(36) })).toBeUndefined()
  })

  it('is another trip where the landmarks alone are alike: the same hills, or the same rounds', () => {
    expect(why({ landmarks: landmarks(20), tempo: of(33, 73) })).toBeUndefined()
    expect(why({ landmarks: landmarks(20), tempo: of(32, 72) })).toEqual(copied)
    const rounds = { claim: ride({ landmarks: landmarks(0), tempo: of(0, 40), repeatsPerMille: 60 }) }
    // Of one ground, on a day on which hardly anything was seen twice.
    const round = { landmarks: landmarks(20), repeatsPerMille: 30 }
    expect(why({ ...round, tempo: of(25, 65) }, {}, rounds)).toBeUndefined()
    expect(why({ ...round, tempo: of(24, 64) }, {}, rounds)).toEqual(copied)
  })

  it('is friends on one ride at the same time, unless four fifths are in common', () => {
    const now = { startedAt: STARTED, endedAt: STARTED + 1_500_000 }
    expect(why({ tempo: of(9, 49) }, now, { isOwn: false })).toBeUndefined()
    expect(why({ tempo: of(8, 48) }, now, { isOwn: false })).toMatchObject({ code: 'track_replayed' })
  })

  it('is not looked for in vehicles, and there the receiver’s errors too must be in common', () => {
    expect(why({ tempo: of(0, 40, 0x55) }, { code: 'metro' })).toBeUndefined()
    const ridden = { landmarks: landmarks(17) }
    expect(why({ ...ridden, tempo: of(9, 49) }, { code: 'metro' })).toBeUndefined()
    expect(why({ ...ridden, tempo: of(8, 48) }, { code: 'metro' })).toEqual(copied)
  })
})
