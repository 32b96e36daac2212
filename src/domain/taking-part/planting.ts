/** A day of planting trees: held by a service that reports, with so many places; a person signs up, and may stay away again until it is too late for others. */
import type { CityId } from '../base/city.ts'
import type { CommandId } from '../base/ids.ts'
import { DAY_MS, type Instant } from '../base/time.ts'

/** It will not take place: said by whoever holds it, in both languages or without a word. */
interface PlantingCalledOff {
  readonly noteZh?: string
  readonly noteEn?: string
}

export interface PlantingDay {
  readonly id: string
  /** Who holds it, and reports who came. */
  readonly provider: string
  readonly city: CityId
  readonly titleZh: string
  readonly titleEn: string
  readonly placeZh: string
  readonly placeEn: string
  /** What to bring. */
  readonly bringZh: string
  readonly bringEn: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** Until then a place can be given back for somebody else. */
  readonly cancelBy: Instant
  readonly places: number
  /** Counted up from 1 by each change. */
  readonly revision: number
  readonly calledOff?: PlantingCalledOff
  /** Nobody holds it: it shows how it works. */
  readonly sample: boolean
}

/** What a person signs up for, as it stood before their eyes. */
export interface SignUp extends Pick<PlantingDay, 'provider' | 'startsAt' | 'endsAt' | 'cancelBy'> {
  readonly dayId: string
}

/** What may become of a sign-up: the day changed, or will not take place; the person came, as a reported act says, or was not met there. All but the first are final. */
export type PlantingNews = 'changed' | 'off' | 'came' | 'absent'

/** Days that are still to come, at a time: who holds a place keeps it from others. */
export const OPEN_SIGN_UPS_MAX = 3
/** As long as reports may be dated back: after that nobody says any more who came. */
const WAITS_FOR_REPORT_MS = 45 * DAY_MS

export function isStillOpen({ endsAt }: Pick<SignUp, 'endsAt'>, now: Instant): boolean {
  return now < endsAt + WAITS_FOR_REPORT_MS
}

/** The reference of the act by which a service says that somebody came. */
export function plantingReference(signUpId: string): string {
  return `${signUpId}/tree`
}

const REFERENCE = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/tree$/

/** Undefined: the act belongs to no sign-up. */
export function signUpOfReference(reference: string): CommandId | undefined {
  return REFERENCE.exec(reference)?.[1] as CommandId | undefined
}
