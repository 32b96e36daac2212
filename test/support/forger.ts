/**
 * A perfect forger: knows the rules, has never left home, and invents whatever a client can send, of every kind and on every evidence,
 * dated back as far as it counts. Greedy over the real `decide`: what it gets is measured, not worked out from caps.
 */

import {
  addDays,
  DAY_MS,
  dayOf,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  startOfDay,
  weekOfDay,
} from '../../src/domain/base/time.ts'
import type { ActivityClaim, Evidence, Trust } from '../../src/domain/evidence/activity.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import type { World } from '../../src/domain/ledger/decision.ts'
import { emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import type { Methodology, Pack } from '../../src/domain/methodology/pack.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import { command, postDecision } from './builders.ts'

/** All that a phone's command can claim; a provider's report never comes from a phone. */
const TRUSTS: readonly Trust[] = ['manual', 'import', 'gps']
const FIRST_HOUR = 5
/** A forger does not sit for more than so many files a day. */
const ACTS_A_DAY_MAX = 12

/** Points got on each day of posting, from the first on. */
export function forge(
  start: Instant,
  days: number,
  packAt: (at: Instant) => Pack = (at) => packInForce(undefined, at),
): number[] {
  const ledger = emptyLedger()
  return Array.from({ length: days }, (_, day) => forgeOn(ledger, start + day * DAY_MS, packAt))
}

function forgeOn(ledger: Ledger, now: Instant, packAt: (at: Instant) => Pack): number {
  const pack = packAt(now)
  const world: World = { now, pack, offer: () => undefined }
  let points = 0
  for (let back = 0; back <= pack.maxAgeDays.value; back++) {
    let at = startOfDay(addDays(dayOf(now), -back)) + FIRST_HOUR * HOUR_MS
    for (let act = 0; act < ACTS_A_DAY_MAX; act++) {
      const best = bestOf(ledger, world, at)
      if (!best) break
      postDecision(ledger, { ...best, at: now })
      points += pointsOf(best)
      at = Math.max(at, best.command.body.endedAt ?? at) + MINUTE_MS
    }
  }
  return points
}

function bestOf(ledger: Ledger, world: World, at: Instant) {
  let best: ReturnType<typeof tried> | undefined
  for (const methodology of world.pack.methodologies)
    for (const trust of TRUSTS)
      for (const value of quantitiesOf(methodology)) {
        const one = tried(invent(methodology, { trust, value, at }))
        if (pointsOf(one) > (best ? pointsOf(best) : 0)) best = one
      }
  return best

  function tried(claim: ActivityClaim) {
    const asked = command('activity.record', claim, world.now)
    if (asked.kind !== 'activity.record') throw new Error('an act was asked for')
    return { command: asked, decision: decide(asked, ledger, world) }
  }
}

/** What it adds: where an act takes the place of another, the difference. */
function pointsOf({ decision }: { decision: ReturnType<typeof decide> }): number {
  const ofPoints = decision.transfers.filter(({ asset }) => asset === 'points')
  return ofPoints.reduce((sum, { debit, amount }) => sum + (debit === 'issuance' ? amount : -amount), 0)
}

/** From the modest to the absurd: each limit of the kind, a length of one's own, and far beyond. */
function quantitiesOf({ unit, limits }: Methodology): number[] {
  const asked = [limits.maxPlausible, limits.maxMetresPerAct, limits.dayQuantity, limits.dayCount]
  const own = unit === 'metre' ? [12_000, 25_000] : [1]
  return [...new Set([...own, ...asked.flatMap((limit) => limit?.value ?? []), 9_999_000])]
}

function invent(
  methodology: Methodology,
  { trust, value, at }: { trust: Trust; value: number; at: Instant },
): ActivityClaim {
  const { code, unit, cities, limits } = methodology
  const base = { code, city: cities?.[0] ?? 'jinan', quantity: { value, unit } } as const
  if (methodology.kind === 'fixed' && methodology.daysPerAct) {
    const monday = startOfDay(addDays(weekOfDay(dayOf(at)), -7))
    return {
      ...base,
      startedAt: monday,
      endedAt: monday + 7 * DAY_MS,
      evidence: evidenceOf(trust, monday, value),
    }
  }
  if (methodology.kind === 'fixed') {
    const lengthMs = (limits.minHours?.value ?? 0) * HOUR_MS
    const startedAt = lengthMs > 0 ? startOfDay(dayOf(at)) : at
    return { ...base, startedAt, endedAt: startedAt + lengthMs, evidence: evidenceOf(trust, at, value) }
  }
  const lengthMs = Math.ceil((value * HOUR_MS) / methodology.typicalSpeedMetresPerHour.value)
  return { ...base, startedAt: at, endedAt: at + lengthMs, evidence: evidenceOf(trust, at, value, lengthMs) }
}

let made = 0

/** A file that fits itself: a point every ten seconds, moving all the time, at an even pace. */
function evidenceOf(trust: Trust, at: Instant, value: number, lengthMs = 0): Evidence {
  if (trust === 'manual' || trust === 'provider') return { trust: 'manual' }
  const movingSeconds = Math.floor(lengthMs / 1000)
  return {
    trust,
    digest: `${at.toString(16)}${(++made).toString(16).padStart(16, '0')}`.padStart(64, '0'),
    points: Math.max(2, Math.floor(movingSeconds / 10)),
    movingSeconds,
    maxSpeedMetresPerHour: movingSeconds > 0 ? Math.ceil((value * 3600) / movingSeconds) : 0,
  }
}
