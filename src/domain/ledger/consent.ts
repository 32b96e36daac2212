/** What a person has agreed to: who may report their acts, from when and until when. Each scope is agreed to, and ended, on its own. */

import type { CommandId } from '../base/ids.ts'
import { addDays, DAY_MS, type Day, dayOf, type Instant, startOfDay } from '../base/time.ts'
import type { Projection } from './projection.ts'

export type ConsentId = CommandId
/** `provider:weifang-bike`: that provider reports what the person did with it. */
export type ConsentScope = `provider:${string}`

/** What was asked for when a consent was given. */
export interface ConsentGiven {
  readonly scope: ConsentScope
  /** 128 random bits in hex, made on the phone, new for each consent: by nothing else does the provider know the person here. */
  readonly handle: string
  /** The day of the words that the person read: what, why, for how long, and who. */
  readonly terms: Day
  /** Acts from then on count, as far back as the pack accepts acts. Absent: from the consent's record on. */
  readonly since?: Instant
}

/** What the account's state keeps of a consent: as long as acts may still be dated into it. */
export interface Consent extends ConsentGiven {
  readonly id: ConsentId
  /** By the record, on the backend's clock. */
  readonly givenAt: Instant
  endedAt?: Instant
}

/** Standing and ended ones together: nobody has so many, and no state grows by giving and ending. */
export const CONSENTS_MAX = 50

export function scopeOf(provider: string): ConsentScope {
  return `provider:${provider}`
}

export function providerOf(scope: ConsentScope): string {
  return scope.slice('provider:'.length)
}

/** Whether an act that began then may be reported. @param maxAgeDays as far back as the pack accepts acts */
export function covers(
  { givenAt, since = givenAt, endedAt }: Consent,
  startedAt: Instant,
  maxAgeDays: number,
): boolean {
  const earliest = startOfDay(addDays(dayOf(givenAt), -maxAgeDays))
  // A phone's clock that runs ahead puts nothing off.
  const from = Math.max(earliest, Math.min(since, givenAt))
  return startedAt >= from && (endedAt === undefined || startedAt < endedAt)
}

/** @param windowDays as long as acts are kept that an ended one was in force for */
export function isForgotten({ endedAt }: Consent, now: Instant, windowDays: number): boolean {
  return endedAt !== undefined && endedAt < now - windowDays * DAY_MS
}

interface ShownConsent extends Consent {
  /** What gives or ends it is still to be answered by the backend. */
  readonly isWaiting: boolean
}

/** As they will be once all that waits is answered, in the order in which they were given. */
export function consentsOf({
  expected,
  previews,
}: Pick<Projection, 'expected' | 'previews'>): ShownConsent[] {
  const asked = previews.flatMap(({ id, command }) => {
    if (command.kind === 'consent.give') return [id]
    return command.kind === 'consent.withdraw' ? [command.body.consentId] : []
  })
  return Object.values(expected.consents ?? {})
    .toSorted((a, b) => a.givenAt - b.givenAt)
    .map((consent) => ({ ...consent, isWaiting: asked.includes(consent.id) }))
}
