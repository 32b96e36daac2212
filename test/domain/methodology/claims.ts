/** Short ways to say a claim in these tests. Noon of 20 November 2026 in Shandong is "now". */

import type { CityId } from '../../../src/domain/base/city.ts'
import { type Instant, MINUTE_MS } from '../../../src/domain/base/time.ts'
import type { ActivityClaim, Evidence, QuantityUnit, Trust } from '../../../src/domain/evidence/activity.ts'
import { type AssessContext, assess } from '../../../src/domain/methodology/assess.ts'
import { SD_DEMO_V1 } from '../../../src/domain/methodology/packs/index.ts'
import { MemoryUsage } from '../../support/usage.ts'

export interface ClaimWords {
  readonly code: string
  readonly city?: CityId
  /** `2026-11-18T08:00`, the clock in Shandong. */
  readonly at?: string
  readonly minutes?: number
  readonly quantity?: readonly [number, QuantityUnit]
  readonly trust: Trust
  readonly moving?: number
  readonly peak?: number
  readonly digest?: string
  readonly points?: number
}

export function at(clock: string): Instant {
  return Date.parse(`${clock}:00+08:00`)
}

export const NOW = at('2026-11-20T12:00')

function evidenceOf({
  trust,
  minutes = 0,
  moving,
  peak = 0,
  digest = 'cafe',
  points = 100,
}: ClaimWords): Evidence {
  if (trust === 'manual') return { trust }
  if (trust === 'provider') return { trust, provider: 'sample', reference: 'ride-1' }
  return {
    trust,
    digest,
    points,
    movingSeconds: moving ?? minutes * 60,
    maxSpeedMetresPerHour: peak,
  }
}

export function claimOf(words: ClaimWords): ActivityClaim {
  const startedAt = at(words.at ?? '2026-11-18T08:00')
  return {
    code: words.code,
    city: words.city ?? 'jinan',
    startedAt,
    ...(words.minutes === undefined ? {} : { endedAt: startedAt + words.minutes * MINUTE_MS }),
    ...(words.quantity ? { quantity: { value: words.quantity[0], unit: words.quantity[1] } } : {}),
    evidence: evidenceOf(words),
  }
}

/** On a fresh account, unless said otherwise. */
export function verdictOn(words: ClaimWords, context: Partial<AssessContext> = {}) {
  return assess(claimOf(words), { usage: new MemoryUsage(), pack: SD_DEMO_V1, now: NOW, ...context })
}
