/** A pick-up of things to recycle: what a person may book with a service, and how the service says it goes on. */
import type { CityId } from '../base/city.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../base/time.ts'

/** What can be given away at the door. Those of the methodology packs go by their codes there; appliances have none. */
export const PICKUP_GOODS = [
  'clothes',
  'paper',
  'plastic',
  'metal',
  'glass',
  'second-hand-phone',
  'appliance',
] as const
export type PickupGoods = (typeof PICKUP_GOODS)[number]

/** In the order in which they come. The last three are final. */
export const PICKUP_STATES = ['booked', 'confirmed', 'on_way', 'collected', 'missed', 'turned_down'] as const
export type PickupState = (typeof PICKUP_STATES)[number]

const FINAL: ReadonlySet<PickupState> = new Set(['collected', 'missed', 'turned_down'])

export function isFinalState(state: PickupState): boolean {
  return FINAL.has(state)
}

/** A step back is late news: a collector who is on the way has confirmed before. */
export function comesAfter(next: PickupState, state: PickupState): boolean {
  return PICKUP_STATES.indexOf(next) > PICKUP_STATES.indexOf(state)
}

export interface Booking {
  /** The service that collects; the person has linked it. */
  readonly provider: string
  readonly city: CityId
  readonly goods: readonly PickupGoods[]
  /** When somebody is at home. */
  readonly from: Instant
  readonly to: Instant
  /** Where, in the person's words: for the collector alone. */
  readonly address: string
  /** How the collector reaches the person, if they want to be rung. */
  readonly contact?: string
  readonly note?: string
}

/** Open ones at a time: a household gives away so much. */
export const OPEN_PICKUPS_MAX = 3
export const PICKUP_ADDRESS_MAX = 120
export const PICKUP_CONTACT_MAX = 30
export const PICKUP_NOTE_MAX = 200
/** As far ahead as a collector plans. */
const PICKUP_AHEAD_MS = 30 * DAY_MS
const PICKUP_WINDOW_MAX_MS = 12 * HOUR_MS

/** One that is not over: in the account's state. */
export interface OpenPickup {
  readonly provider: string
  readonly to: Instant
  state: PickupState
}

/** Whether somebody can come then: not over, not too far ahead, and a window that a working day has. */
export function isWindow({ from, to }: Pick<Booking, 'from' | 'to'>, now: Instant): boolean {
  return to > from && to > now && to - from <= PICKUP_WINDOW_MAX_MS && from <= now + PICKUP_AHEAD_MS
}

/** Which pick-up an act belongs to, by the service's reference of the act: `<pickup>/<code>`. Undefined: none. */
export function pickupOfReference(reference: string): string | undefined {
  const [id, code] = reference.split('/')
  return code === undefined ? undefined : id
}
