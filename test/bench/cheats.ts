/** How many attempts to cheat are found and how many honest trips are cut, by sort, from the file to the decision; other seeds than the tests'. */

import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { motionOf } from '../../src/domain/evidence/track-motion.ts'
import { whyReplayed } from '../../src/domain/methodology/motion.ts'
import { SD_DEMO_V3 } from '../../src/domain/methodology/packs/index.ts'
import { type Attempt, attempts, partly, perfect } from '../golden/cheats/attempts.ts'
import { gainedBy, handInAll } from '../golden/cheats/hand-in.ts'
import { honestTrips } from '../golden/cheats/honest.ts'
import { PHONE, receive } from '../golden/cheats/receiver.ts'
import { MOVERS, type Mover, tripOf } from '../golden/cheats/way.ts'
import type { Backend } from '../support/backend.ts'
import { startBackend } from '../support/backend.ts'
import type { Part, Report } from './figures.ts'

const SEEDS = [11, 12, 13, 14]
const PER_SORT = 5
const YEAR_TRIPS = 500
const COMMUTES = [
  { how: 'by bicycle', code: 'bike', mover: MOVERS.cyclist, metres: 5200 },
  { how: 'on foot', code: 'walk', mover: MOVERS.walker, metres: 1800 },
]

export const cheatsPart: Part = {
  name: 'cheats',
  how: `${SEEDS.length} sets that no test uses, generated persons and receivers, through importTrack and the real backend by the pack in force`,
  needsBuild: false,
  async run(report) {
    const now = Math.max(Date.now(), Date.parse('2026-12-20T12:00:00+08:00'))
    const backend = await startBackend({ samples: false, now })
    try {
      const found = SEEDS.flatMap((seed) => attempts(seed, { now, each: PER_SORT }))
      await bySort(report, backend, found)
      await bySort(
        report,
        backend,
        SEEDS.flatMap((seed) => perfect(seed, now)),
      )
      await bySort(
        report,
        backend,
        SEEDS.flatMap((seed) => partly(seed, now)),
      )
      await honest(report, backend, now)
    } finally {
      await backend.close()
    }
    for (const { how, code, mover, metres } of COMMUTES)
      report.row(`a year of one commute ${how}: days taken for another`, yearOf(mover, { code, metres }), {
        goal: '0',
      })
    report.note(
      'what is not found is bounded by the caps: `npm run bench forger` says what a perfect forger earns',
    )
  },
}

async function bySort(report: Report, backend: Backend, tries: readonly Attempt[]): Promise<void> {
  for (const sort of new Set(tries.map((each) => each.sort))) {
    const some = tries.filter((each) => each.sort === sort)
    let stopped = 0
    for (const attempt of some) {
      const { gained, due } = gainedBy(attempt, await handInAll(backend, attempt.handIns))
      if (gained <= due) stopped++
    }
    const goal = some[0]?.isPerfect || some[0]?.isPartly ? {} : { goal: '≥ 95 %' }
    report.row(`${sort}: gain nothing`, `${stopped} of ${some.length}`, goal)
  }
}

async function honest(report: Report, backend: Backend, now: number): Promise<void> {
  let [all, cut] = [0, 0]
  for (const { handIns } of SEEDS.flatMap((seed) => honestTrips(seed, now)))
    for (const { outcome } of await handInAll(backend, handIns)) {
      all++
      if (outcome !== 'accepted' && outcome !== 'adjusted') cut++
    }
  report.row('trips that were made: cut', `${cut} of ${all}`, { goal: '≤ 2 %' })
}

/** Of all pairs of trips of a year. */
function yearOf(mover: Mover, { code, metres }: { code: string; metres: number }): number {
  const first = Date.parse('2026-01-01T08:00:00+08:00')
  const trips = Array.from({ length: YEAR_TRIPS }, (_, day): ActivityClaim => {
    const startedAt = first + day * DAY_MS
    const where = { lat: 36.7, lon: 119.1, startAt: startedAt }
    const moments = tripOf(mover, metres, { person: 77, day })
    const motion = motionOf([receive(moments, PHONE, { ...where, seed: day })])
    const summary = { digest: '', points: 2, movingSeconds: 1, maxSpeedMetresPerHour: 0 }
    return {
      ...{ code, city: 'jinan', startedAt, endedAt: startedAt + HOUR_MS },
      evidence: { trust: 'import', ...summary, ...(motion ? { motion } : {}) },
    }
  })
  return trips.reduce((taken, trip, i) => {
    const earlier = trips.slice(0, i)
    return taken + earlier.filter((claim) => whyReplayed(trip, { claim, isOwn: true }, SD_DEMO_V3)).length
  }, 0)
}
