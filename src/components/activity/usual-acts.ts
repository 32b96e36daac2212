/** What a person does again and again, from the latest acts, posted and waiting: for one-tap logging and for the order of tiles. Pure. */

import type { CityId } from '../../domain/base/city.ts'
import { type Instant, MINUTE_MS } from '../../domain/base/time.ts'
import type { ActivityClaim, Quantity } from '../../domain/evidence/activity.ts'
import { typicalDurationMs } from '../../domain/evidence/overlap.ts'
import type { Command } from '../../domain/ledger/command.ts'
import { methodologyOf, type Pack } from '../../domain/methodology/pack.ts'

/** One act as far as repeating it goes. */
export interface PastAct {
  readonly code: string
  readonly quantity?: Quantity | undefined
  readonly note?: string | undefined
}

export interface UsualAct extends PastAct {
  readonly count: number
}

/** The shape that waiting commands and posted entries share; newest first. */
export function pastActs(
  waiting: readonly Command[],
  entries: readonly {
    readonly code?: string
    readonly claimed?: Quantity
    readonly note?: string
    readonly id: string
  }[],
): PastAct[] {
  const acts: PastAct[] = []
  const seen = new Set<string>()
  for (const command of waiting) {
    if (command.kind !== 'activity.record') continue
    seen.add(command.id)
    const { code, quantity, note } = command.body
    acts.push({ code, quantity, note })
  }
  for (const { id, code, claimed, note } of entries) {
    if (code !== undefined && !seen.has(id)) acts.push({ code, quantity: claimed, note })
  }
  return acts
}

/** The same kind, quantity and words. The most frequent first, then the latest. A week's power saving is no habit to repeat by a tap. */
export function usualActs(acts: readonly PastAct[], pack: Pack, max: number): UsualAct[] {
  const counted = new Map<string, UsualAct>()
  for (const act of acts) {
    const methodology = methodologyOf(pack, act.code)
    const isRepeatable =
      methodology?.trusts.includes('manual') &&
      methodology.unit !== 'watt_hour' &&
      !methodology.limits.minHours
    if (!isRepeatable) continue
    const key = [act.code, act.quantity?.value ?? '', act.note ?? ''].join('\n')
    counted.set(key, { ...act, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  return [...counted.values()].sort((a, b) => b.count - a.count).slice(0, max)
}

/** Codes by how often they were done lately. */
export function codesByUse(acts: readonly PastAct[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { code } of acts) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code)
}

/** The trip is taken to have just ended: it began as long ago as such a trip usually takes. Whole minutes, as in the form. */
function usualStart(act: PastAct, pack: Pack, now: Instant): Instant {
  const methodology = methodologyOf(pack, act.code)
  const metres =
    act.quantity?.value ?? (methodology?.kind === 'travel' ? (methodology.defaultMetres?.value ?? 0) : 0)
  const lengthMs =
    methodology?.kind === 'travel'
      ? typicalDurationMs(metres, methodology.typicalSpeedMetresPerHour.value)
      : 0
  return Math.floor((now - lengthMs) / MINUTE_MS) * MINUTE_MS
}

/** The claim of doing it again now, on the person's word: a track proves one ride, not the next. */
export function repeatClaim(
  act: PastAct,
  { pack, city, now }: { pack: Pack; city: CityId; now: Instant },
): ActivityClaim {
  return {
    code: act.code,
    city,
    startedAt: usualStart(act, pack, now),
    evidence: { trust: 'manual' },
    ...(act.quantity ? { quantity: act.quantity } : {}),
    ...(act.note ? { note: act.note } : {}),
  }
}
