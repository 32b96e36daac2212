/** Acts as a busy person logs them: a dozen a day over the last weeks, most self-declared, some tracked. The same in page and Node. */

import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'

/** Older ones would be rejected for their age. */
const DAYS = 40
const HOURS_AWAKE = 15

export function manyClaims(count: number, now: Instant): ActivityClaim[] {
  return Array.from({ length: count }, (_, index) => claimAt(index, now))
}

function claimAt(index: number, now: Instant): ActivityClaim {
  const day = index % DAYS
  const inDay = Math.floor(index / DAYS)
  const startedAt = now - (day + 1) * DAY_MS + (inDay % HOURS_AWAKE) * HOUR_MS
  const common = { city: 'weifang', startedAt } as const
  const trip = (metres: number, minutes: number) => ({
    endedAt: startedAt + minutes * MINUTE_MS,
    quantity: { value: metres + (index % 97) * 10, unit: 'metre' } as const,
  })
  switch (inDay % 6) {
    case 0:
      return { ...common, code: 'clean-plate', evidence: { trust: 'manual' } }
    case 1:
      return { ...common, code: 'bus', ...trip(6000, 25), evidence: { trust: 'manual' } }
    case 2:
      return { ...common, code: 'own-bag', evidence: { trust: 'manual' } }
    case 3:
      return { ...common, code: 'bike', ...trip(3000, 16), evidence: tracked(index) }
    case 4:
      return { ...common, code: 'no-cutlery', evidence: { trust: 'manual' } }
    default:
      return { ...common, code: 'walk', ...trip(900, 14), evidence: { trust: 'manual' } }
  }
}

/** A track's digest is its own: chance, so that no two accounts claim the same one. */
function tracked(index: number): ActivityClaim['evidence'] {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const digest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return {
    trust: 'import',
    digest,
    points: 300 + (index % 50),
    movingSeconds: 900,
    maxSpeedMetresPerHour: 22_000,
  }
}
