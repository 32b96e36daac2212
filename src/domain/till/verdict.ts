/**
 * What a till says of a voucher that it is shown, with no network: to be handed out for, or why not. Whoever obeys it is paid: it says accept
 * only where the settlement cannot come to another answer, but for a copy that was accepted elsewhere first.
 */
import type { Day, Instant } from '../base/time.ts'
import { DAY_MS, HOUR_MS, startOfDay } from '../base/time.ts'
import type { OfferCategory } from '../offers/offer.ts'
import { SETTLEMENT_WINDOW_MS } from '../offers/voucher.ts'
import { type TillClock, tillTime } from './till-clock.ts'

/** How old what the till knows may be: from then on a cancelled voucher's points could be back before its acceptance arrives. */
export const STATUS_MAX_AGE_MS = 48 * HOUR_MS

/** What a till knows of what it hands out, by number, with the words of each version. */
export interface TillOffer {
  /** The offer's number at this merchant. */
  readonly n: number
  readonly id: string
  readonly version: number
  readonly titleZh: string
  readonly titleEn: string
  readonly category: OfferCategory
  readonly valueFen: number
  readonly termsZh: string
  readonly termsEn: string
}

/** The merchant's signed list, as of `at`: cancelled or returned, and not expired. */
export interface TillStatus {
  readonly at: Instant
  /** Ids of vouchers, and the signs of their numbers, since one may be shown and the other typed. */
  readonly ended: ReadonlySet<string>
  readonly offers: readonly TillOffer[]
}

/** A code whose signature holds. */
export interface ShownCode {
  readonly from: 'code'
  readonly voucherId: string
  /** The signs of its number, by which it is found again when that is typed; absent where this till cannot say them. */
  readonly signs?: string
  readonly offerId: string
  readonly version: number
  /** What the shop is paid, where the code says so. */
  readonly fen?: number
  readonly expiresAt: Instant
}

/** A number whose check signs hold. */
interface ShownNumber {
  readonly from: 'number'
  readonly signs: string
  readonly n: number
  readonly expiresOn: Day
}

/** Why what was shown is not a voucher that could be taken here, whatever the time. */
export type Fault =
  /** Another app's code, or none. */
  | 'not_a_voucher'
  /** Ours, of a kind that this build does not know. */
  | 'newer'
  /** Looks like ours, and is not whole. */
  | 'damaged'
  | 'other_shop'
  | 'forged'
  /** Signed by a key that this till has not heard of. */
  | 'key_unknown'
  /** By a number for an offer that this till has not heard of. */
  | 'offer_unknown'
  /** Its check signs do not fit. */
  | 'wrong_number'
  /** Of before numbers could be checked here. */
  | 'old_number'

export type Shown = ShownCode | ShownNumber | { readonly fault: Fault }

/** An acceptance of the same voucher that this till knows of: its own, or another till's of this branch that has arrived. */
interface AcceptedBefore {
  readonly acceptedAt: Instant
  /** The till's name; absent: this one. */
  readonly till?: string
}

export interface TillKnowledge {
  readonly clock: TillClock
  /** Absent before the first. */
  readonly status?: TillStatus | undefined
  readonly accepted?: AcceptedBefore | undefined
}

export type CannotCheck = 'app_old' | 'keys_old' | 'status_old' | 'clock' | 'offer_unknown' | 'needs_network'

export type Verdict =
  | {
      readonly kind: 'accept'
      readonly offer: TillOffer
      /** What the shop is paid; absent where only the number was shown and the offer's value has changed. */
      readonly fen?: number
      /** Until then it has to have arrived. */
      readonly connectBy: Instant
    }
  | { readonly kind: 'already_accepted'; readonly at: Instant; readonly till?: string }
  | { readonly kind: 'expired'; readonly at: Instant }
  | { readonly kind: 'other_shop' | 'forged' | 'ended' | 'not_a_voucher' | 'damaged' | 'wrong_number' }
  | { readonly kind: 'cannot_check'; readonly why: CannotCheck; readonly statusAt?: Instant }

export type VerdictKind = Verdict['kind']

const CANNOT: { readonly [Each in Fault]?: CannotCheck } = {
  newer: 'app_old',
  key_unknown: 'keys_old',
  offer_unknown: 'offer_unknown',
  old_number: 'needs_network',
}

/**
 * First what no clock can change: what is wrong with it, that it was accepted here, that it has ended. Then the clock, without which nothing
 * else can be told; its end; and whether this till knows enough of late.
 */
export function verdictOf(shown: Shown, { clock, status, accepted }: TillKnowledge): Verdict {
  if ('fault' in shown) return verdictOfFault(shown.fault, status)
  if (accepted) {
    const { acceptedAt: at, till } = accepted
    return { kind: 'already_accepted', at, ...(till === undefined ? {} : { till }) }
  }
  if (status && namesOf(shown).some((name) => status.ended.has(name))) return { kind: 'ended' }
  const now = tillTime(clock)
  if (now === undefined) return cannot('clock', status)
  const expiresAt = shown.from === 'code' ? shown.expiresAt : startOfDay(shown.expiresOn) + DAY_MS
  if (now >= expiresAt) return { kind: 'expired', at: expiresAt }
  if (!status || now - status.at >= STATUS_MAX_AGE_MS) return cannot('status_old', status)
  const offer = offerOf(shown, status.offers)
  if (!offer) return cannot('offer_unknown', status)
  const fen = fenOf(shown, offer, status.offers)
  // Cancelled right after the list was made, its points come back then: no earlier.
  const connectBy = Math.min(status.at, expiresAt) + SETTLEMENT_WINDOW_MS
  return { kind: 'accept', offer, connectBy, ...(fen === undefined ? {} : { fen }) }
}

/** All names by which the same voucher may come again. */
export function namesOf(shown: ShownCode | ShownNumber): string[] {
  if (shown.from === 'number') return [shown.signs]
  return shown.signs === undefined ? [shown.voucherId] : [shown.voucherId, shown.signs]
}

function verdictOfFault(fault: Fault, status: TillStatus | undefined): Verdict {
  const why = CANNOT[fault]
  if (why) return cannot(why, status)
  return { kind: fault as Exclude<Fault, 'newer' | 'key_unknown' | 'offer_unknown' | 'old_number'> }
}

function cannot(why: CannotCheck, status: TillStatus | undefined): Verdict {
  return { kind: 'cannot_check', why, ...(status ? { statusAt: status.at } : {}) }
}

/** The version that was bought; by number, the latest. */
function offerOf(shown: ShownCode | ShownNumber, offers: readonly TillOffer[]): TillOffer | undefined {
  const versions = offers
    .filter((offer) => (shown.from === 'code' ? offer.id === shown.offerId : offer.n === shown.n))
    .sort((a, b) => b.version - a.version)
  const bought = shown.from === 'code' && versions.find(({ version }) => version === shown.version)
  return bought || versions[0]
}

function fenOf(
  shown: ShownCode | ShownNumber,
  offer: TillOffer,
  offers: readonly TillOffer[],
): number | undefined {
  if (shown.from === 'code') {
    if (shown.fen !== undefined) return shown.fen
    return offer.version === shown.version ? offer.valueFen : undefined
  }
  const isOne = offers.every(({ n, valueFen }) => n !== offer.n || valueFen === offer.valueFen)
  return isOne ? offer.valueFen : undefined
}
