/** Copies of a trip have landmarks in common, whatever became of it; the same way on another day, and a friend’s phone, have not. */
import { describe, expect, it } from 'vitest'
import { inCommon } from '../../src/domain/evidence/landmarks.ts'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { motionOf } from '../../src/domain/evidence/track-motion.ts'
import * as copy from '../golden/cheats/copies.ts'
import { PHONE, receive, WATCH } from '../golden/cheats/receiver.ts'
import { laps, MOVERS, type Mover, travel, tripOf } from '../golden/cheats/way.ts'
import { randomOf } from '../support/random.ts'

const where = { lat: 36.7, lon: 119.1, startAt: Date.parse('2026-12-01T08:00:00+08:00') }
const ridden = (day: number, receiver = PHONE, seed = day) =>
  receive(tripOf(MOVERS.cyclist, 5000, { person: 3, day }), receiver, { ...where, seed })

const landmarks = (track: readonly TrackPoint[]) => motionOf([track])?.landmarks ?? ''

function shared(one: string, other: string): number {
  const { shared, of } = inCommon(one, other)
  return shared / of
}

const track = ridden(1)

describe('landmarks', () => {
  it.each<[string, readonly TrackPoint[], number]>([
    ['on another day', copy.later(track, 5, 417), 0.8],
    ['scaled', copy.scaled(track, 1.3), 0.8],
    ['moved to another city', copy.moved(track, [-0.6, 1.2]), 0.7],
    ['mirrored', copy.mirrored(track), 0.9],
    ['backwards', copy.reversed(track), 0.5],
    ['thinned to every fifth', copy.thinned(track, 5), 0.3],
    ['cut to half', copy.trimmed(track, 0.3, 0.8), 0.6],
    ['with noise', copy.noised(track, 1.5, 1), 0.3],
  ])('are shared by a copy %s', (_, changed, least) => {
    expect(shared(landmarks(changed), landmarks(track))).toBeGreaterThan(least)
  })

  it('are not shared over two months of one commute, by bicycle or on foot', () => {
    for (const [mover, metres] of [
      [MOVERS.cyclist, 4000],
      [MOVERS.walker, 1500],
    ] satisfies [Mover, number][]) {
      const days = Array.from({ length: 45 }, (_, day) =>
        landmarks(receive(tripOf(mover, metres, { person: 8, day }), PHONE, { ...where, seed: day })),
      )
      const most = days.map((one, i) => Math.max(0, ...days.slice(0, i).map((other) => shared(one, other))))
      expect(Math.min(...days.map(({ length }) => length))).toBeGreaterThan(12 * 6)
      expect(Math.max(...most)).toBeLessThan(0.22)
    }
  }, 30_000)

  it('of friends side by side are less alike than those of a copy', () => {
    expect(shared(landmarks(ridden(1, WATCH, 77)), landmarks(track))).toBeLessThan(0.8)
  })

  it('come again in a ride that was joined with its own way back in time, and hardly in rounds that were ridden', () => {
    const repeats = (points: readonly TrackPoint[]) => motionOf([points])?.repeatsPerMille
    const joined = Array.from({ length: 20 }, (_, person) => {
      const ride = tripOf(MOVERS.cyclist, 3000, { person: 40 + person, day: 1 })
      return repeats(copy.withItselfReversed(receive(ride, PHONE, { ...where, seed: person }))) ?? 0
    })
    expect(joined.filter((one) => one > 300).length).toBeGreaterThanOrEqual(19)
    // Of most it is the whole half, looked at either way.
    expect(joined.filter((one) => one > 480).length).toBeGreaterThanOrEqual(10)
    for (const day of [1, 2, 3]) {
      const rounds = travel(laps(6, [200, 300]), MOVERS.cyclist, randomOf(day))
      expect(repeats(receive(rounds, PHONE, { ...where, seed: day }))).toBeLessThan(200)
    }
  })

  it.each<[string, readonly TrackPoint[]]>([
    ['read off at other moments', copy.resampled(track, 2700)],
    ['mirrored in part', copy.mirroredInPart(track)],
    ['with its halves swapped', copy.swapped(track)],
  ])('are shared by a copy %s', (_, changed) => {
    expect(shared(landmarks(changed), landmarks(track))).toBeGreaterThan(0.4)
  })

  it('say nothing of the place: a track that was only moved by a grid’s step has the same', () => {
    const near = copy.moved(track, [0, 0.5])
    expect(landmarks(near)).toEqual(landmarks(track))
  })
})

describe('the motion of a track', () => {
  it('is whole numbers and hashes: no place, no turn, no clock', () => {
    const motion = motionOf([track]) ?? {}
    for (const [name, value] of Object.entries(motion))
      if (name === 'landmarks' || name === 'tempo') expect(value).toMatch(/^[0-9a-f]+$/)
      else expect(Number.isSafeInteger(value), name).toBe(true)
    expect(motionOf([copy.later(track, 40)])).toEqual(motion)
  })

  it('is none where nothing was received', () => {
    expect(motionOf([])).toBeUndefined()
    expect(motionOf([[track[0]!]])).toBeUndefined()
  })
})
