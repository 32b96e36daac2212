/** An event as it takes place: a title, days, perhaps a place, and whether one can check in there by code. */
import type { CityId } from '../base/city.ts'
import type { Day, Instant } from '../base/time.ts'
import type { Points } from '../base/units.ts'

/** It will not take place, or was not one to check in to: said by the operator who published it. */
export interface Withdrawal {
  readonly at: Instant
  readonly noteZh?: string
  readonly noteEn?: string
}

export interface Occurrence {
  readonly id: string
  /** The yearly event that it is one of, e.g. `earth-day`; its own id for what comes once. */
  readonly eventId: string
  readonly city: CityId
  readonly titleZh: string
  readonly titleEn: string
  readonly placeZh?: string
  readonly placeEn?: string
  /** First and last day, in Shandong. */
  readonly fromDay: Day
  readonly toDay: Day
  /** For whoever checks in; no grams. */
  readonly points: Points
  /** There is a code at the place. */
  readonly hasCheckIn: boolean
  /** Nobody holds it: it shows how it works. */
  readonly sample: boolean
  readonly withdrawn?: Withdrawal
}

/** A check-in made in time is good for this long: phones come home from a weekend in the hills. */
export const CHECK_IN_LATE_DAYS = 7
/** Wrong codes that a person may try in a day: many slips of the thumb, and far too few to guess one. */
export const WRONG_CODES_A_DAY = 10
export const CHECK_IN_CODE_MAX = 16

/** As it is compared: people type small letters, spaces and dashes, and full-width letters on a Chinese keyboard. */
export function plainCode(code: string): string {
  const plain = code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
  return plain.slice(0, CHECK_IN_CODE_MAX) // a ligature becomes several letters
}
