/** What an account has used, in memory: acts are counted one by one, as the ledger's own fold would. */

import type { ActivityId } from '../../src/domain/base/ids.ts'
import {
  DAY_MS,
  type Day,
  type Instant,
  type Month,
  monthOfDay,
  weekOfDay,
  yearOfDay,
} from '../../src/domain/base/time.ts'
import type { ActivityClaim, Trust } from '../../src/domain/evidence/activity.ts'
import type { Assessment } from '../../src/domain/methodology/assess.ts'
import type { CountedTrip, Usage } from '../../src/domain/methodology/usage.ts'

interface Counted {
  readonly claim: ActivityClaim
  readonly assessment: Assessment
}

/** Figures that stand as used without an act behind them: for tests of one limit. */
export interface Preset {
  readonly dayQuantity?: number
  readonly dayCount?: number
  readonly weekCount?: number
  readonly monthQuantity?: number
  readonly dayGrams?: Partial<Record<Trust, number>>
  readonly manualMonthGrams?: number
  readonly weekPoints?: number
  readonly yearPoints?: number
  /** Of what no provider reports, as posted. */
  readonly postedPoints?: number
  /** A fresh account's first week, unless said otherwise. */
  readonly isFirstWeek?: boolean
  readonly trips?: readonly Omit<CountedTrip, 'id'>[]
  readonly digests?: readonly string[]
}

export class MemoryUsage implements Usage {
  readonly #acts: Counted[] = []
  readonly #preset: Preset

  constructor(preset: Preset = {}) {
    this.#preset = preset
  }

  /** Rejected acts use nothing up. */
  count(claim: ActivityClaim, assessment: Assessment): this {
    if (assessment.verdict !== 'rejected') this.#acts.push({ claim, assessment })
    return this
  }

  ofDay(code: string, day: Day) {
    const acts = this.#of(code).filter(({ assessment }) => assessment.day === day)
    return {
      quantity: (this.#preset.dayQuantity ?? 0) + sum(acts, quantityOf),
      count: (this.#preset.dayCount ?? 0) + acts.filter((act) => quantityOf(act) > 0).length,
    }
  }

  countOfWeek(code: string, monday: Day) {
    const acts = this.#of(code).filter(({ assessment }) => weekOfDay(assessment.day) === monday)
    return (this.#preset.weekCount ?? 0) + acts.length
  }

  quantityOfMonth(code: string, month: Month) {
    const acts = this.#of(code).filter(({ assessment }) => monthOfDay(assessment.day) === month)
    return (this.#preset.monthQuantity ?? 0) + sum(acts, quantityOf)
  }

  gramsOfDay(day: Day) {
    const of = (trust: Trust) =>
      (this.#preset.dayGrams?.[trust] ?? 0) +
      sum(
        this.#acts.filter(
          ({ claim, assessment }) => assessment.day === day && claim.evidence.trust === trust,
        ),
        gramsOf,
      )
    return { provider: of('provider'), gps: of('gps'), import: of('import'), manual: of('manual') }
  }

  manualGramsOfMonth(month: Month) {
    const acts = this.#acts.filter(
      ({ claim, assessment }) => claim.evidence.trust === 'manual' && monthOfDay(assessment.day) === month,
    )
    return (this.#preset.manualMonthGrams ?? 0) + sum(acts, gramsOf)
  }

  pointsOfWeek(monday: Day) {
    const acts = this.#acts.filter(({ assessment }) => weekOfDay(assessment.day) === monday)
    return (this.#preset.weekPoints ?? 0) + sum(acts, ({ assessment }) => assessment.points)
  }

  pointsOfYear(year: string) {
    const acts = this.#acts.filter(({ assessment }) => yearOfDay(assessment.day) === year)
    return (this.#preset.yearPoints ?? 0) + sum(acts, ({ assessment }) => assessment.points)
  }

  openPointsPosted() {
    const acts = this.#acts.filter(({ claim }) => claim.evidence.trust !== 'provider')
    const points = (this.#preset.postedPoints ?? 0) + sum(acts, ({ assessment }) => assessment.points)
    return { points, isFirstWeek: this.#preset.isFirstWeek ?? true }
  }

  tripsAround(at: Instant): readonly CountedTrip[] {
    const preset = (this.#preset.trips ?? []).map((trip) => ({ ...trip, id: 'preset' as ActivityId }))
    const own = this.#acts.flatMap(({ claim, assessment }, index) =>
      assessment.counted?.unit === 'metre'
        ? [
            {
              id: `trip-${index}` as ActivityId,
              code: claim.code,
              startedAt: claim.startedAt,
              ...(claim.endedAt === undefined ? {} : { endedAt: claim.endedAt }),
              metres: assessment.claimed?.value ?? 0,
            },
          ]
        : [],
    )
    return [...preset, ...own].filter((trip) => Math.abs(trip.startedAt - at) <= DAY_MS)
  }

  hasTrack({ digest }: { digest: string }) {
    const isPreset = this.#preset.digests?.includes(digest) ?? false
    return (
      isPreset ||
      this.#acts.some(({ claim }) => 'digest' in claim.evidence && claim.evidence.digest === digest)
    )
  }

  #of(code: string): readonly Counted[] {
    return this.#acts.filter(({ assessment }) => assessment.code === code)
  }
}

function quantityOf({ assessment }: Counted): number {
  return assessment.counted?.value ?? 0
}

function gramsOf({ assessment }: Counted): number {
  return assessment.rewardGrams
}

function sum(acts: readonly Counted[], of: (act: Counted) => number): number {
  return acts.reduce((total, act) => total + of(act), 0)
}
