/** A copy with another clock has in common with its trip what no tempo alters; the same hills, rounds and timetables, and other people, have not. */
import { describe, expect, it } from 'vitest'
import { inCommonAtATempo, TEMPO_DIGITS, TEMPO_MAX, tempoKeysIn } from '../../src/domain/evidence/tempo.ts'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { motionOf } from '../../src/domain/evidence/track-motion.ts'
import * as copy from '../golden/cheats/copies.ts'
import { PHONE, receive } from '../golden/cheats/receiver.ts'
import { hilly, laps, MOVERS, type Moment, townRoute, travel, tripOf } from '../golden/cheats/way.ts'
import { randomOf } from '../support/random.ts'

const where = { lat: 36.7, lon: 119.1, startAt: Date.parse('2026-12-01T08:00:00+08:00') }
const seen = (moments: readonly Moment[], seed: number) => receive(moments, PHONE, { ...where, seed })
const tempo = (track: readonly TrackPoint[]) => motionOf([track])?.tempo ?? ''

const sharesOf = (one: string, other: string) =>
  inCommonAtATempo(one, other).map(({ shared, of }) => shared / Math.max(1, of))

const track = seen(tripOf(MOVERS.cyclist, 6200, { person: 5, day: 1 }), 21)
const original = tempo(track)

describe('what is alike at any tempo', () => {
  it.each<[string, readonly TrackPoint[]]>([
    ['a fifth faster', copy.slowed(track, 0.8)],
    ['a tenth slower', copy.slowed(track, 1.1)],
    ['a quarter slower', copy.slowed(track, 1.25)],
    ['slower and mirrored', copy.mirrored(copy.slowed(track, 1.07))],
    ['slower and backwards', copy.reversed(copy.slowed(track, 1.13))],
    ['faster, scaled and moved', copy.moved(copy.scaled(copy.slowed(track, 0.93), 1.2), [0.3, -2])],
    ['slower and thinned to every fourth', copy.thinned(copy.slowed(track, 1.08), 4)],
    ['slower, with noise', copy.noised(copy.slowed(track, 1.06), 1, 3)],
    ['slower, of which half is left', copy.trimmed(copy.slowed(track, 1.1), 0.3, 0.8)],
  ])('is shared by a copy %s', (_, changed) => {
    expect(Math.max(...sharesOf(tempo(changed), original))).toBeGreaterThan(0.4)
  })

  it('is not what the place makes alike, day after day', () => {
    const road = townRoute(randomOf(31), 5000)
    const ways: ((day: number) => Moment[])[] = [
      (day) => tripOf(MOVERS.cyclist, 4000, { person: 8, day }),
      (day) => travel(road, { ...MOVERS.cyclist, red: 0 }, randomOf(100 + day), hilly(randomOf(32))),
      (day) => travel(laps(8, [80, 120]), { ...MOVERS.walker, red: 0 }, randomOf(300 + day)),
      // Other people on the hilly road, each at a pace of their own.
      (day) => {
        const mover = { ...MOVERS.cyclist, cruise: 3.6 + 0.1 * day, red: 0 }
        return travel(road, mover, randomOf(500 + day), hilly(randomOf(32)))
      },
    ]
    for (const wayOf of ways) {
      const days = Array.from({ length: 16 }, (_, day) => tempo(seen(wayOf(day), day)))
      const most = days.flatMap((one, i) =>
        days.slice(0, i).flatMap((other) => inCommonAtATempo(one, other).filter(({ shared }) => shared >= 7)),
      )
      expect(most.filter(({ shared, of }) => shared >= 0.4 * of)).toEqual([])
    }
  }, 60_000)

  it('says nothing of the place, the size or the hour', () => {
    expect(tempo(copy.later(copy.moved(track, [0, 0.5]), 40))).toEqual(original)
    expect(sharesOf(tempo(copy.scaled(track, 1.3)), original).every((share) => share > 0.8)).toBe(true)
  })

  it('is at most so much, in no order that says when', () => {
    const long = tempo(seen(tripOf(MOVERS.cyclist, 20_000, { person: 6, day: 1 }), 4))
    expect(long.length).toBe(TEMPO_DIGITS * TEMPO_MAX)
    const values = Array.from({ length: TEMPO_MAX }, (_, i) =>
      long.slice(i * TEMPO_DIGITS, (i + 1) * TEMPO_DIGITS),
    )
    expect(values).toEqual([...values].sort())
    expect(new Set(tempoKeysIn(long)).size).toBe(32)
  })

  it('is nothing of a trip too short to have any', () => {
    expect(tempo(track.slice(0, 40))).toBe('')
    expect(inCommonAtATempo('', original)).toEqual([
      { shared: 0, of: 0 },
      { shared: 0, of: 0 },
    ])
  })
})
