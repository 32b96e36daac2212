/** Six weeks of somebody's green acts, the same for a seed: for screenshots and for a look at a ledger that is not empty. */

import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { trackedRide } from './builders.ts'
import { randomOf } from './random.ts'

/** Thirteen minutes at a commuter's pace. */
function trackOf(startedAt: number): ActivityClaim['evidence'] {
  const digest = startedAt.toString(16).padStart(64, '0')
  return { trust: 'import', digest, points: 780, movingSeconds: 760, maxSpeedMetresPerHour: 21_000 }
}

/** Oldest first; none in the future. */
export function sampleLife(now: number, days = 40): ActivityClaim[] {
  const random = randomOf(20)
  const claims: ActivityClaim[] = []
  const base = { city: 'weifang' as const, evidence: { trust: 'manual' as const } }
  for (let ago = days; ago >= 0; ago--) {
    const day = startOfDay(dayOf(now - ago * DAY_MS))
    const add = (claim: ActivityClaim) => {
      if ((claim.endedAt ?? claim.startedAt) < now) claims.push(claim)
    }
    if (random() < 0.2) continue
    const morning = day + 7.6 * HOUR_MS + random.below(30) * MINUTE_MS
    const metres = 3100 + random.below(300)
    if (random() < 0.55) {
      add(
        trackedRide(morning, {
          ...base,
          evidence: trackOf(morning),
          endedAt: morning + 13 * MINUTE_MS,
          quantity: { value: metres, unit: 'metre' },
        }),
      )
    } else if (random() < 0.7) {
      add({
        ...base,
        code: 'bus',
        startedAt: morning,
        quantity: { value: 6000, unit: 'metre' },
        note: '5 路',
      })
    }
    if (random() < 0.5)
      add({
        ...base,
        code: 'clean-plate',
        startedAt: day + 12.4 * HOUR_MS,
        quantity: { value: 1, unit: 'count' },
      })
    if (random() < 0.25)
      add({ ...base, code: 'own-bag', startedAt: day + 18 * HOUR_MS, quantity: { value: 1, unit: 'count' } })
    if (random() < 0.2)
      add({
        ...base,
        code: 'walk',
        startedAt: day + 19 * HOUR_MS,
        quantity: { value: 1800 + random.below(2500), unit: 'metre' },
      })
  }
  // One that is cut and one that is refused: both are part of an honest ledger.
  claims.push({
    ...base,
    code: 'bus',
    startedAt: now - 30 * HOUR_MS,
    quantity: { value: 72_000, unit: 'metre' },
    note: '城际线',
  })
  claims.push({
    ...base,
    code: 'bike',
    startedAt: now - 29 * HOUR_MS,
    endedAt: now - 28.8 * HOUR_MS,
    quantity: { value: 9000, unit: 'metre' },
  })
  return claims
}
