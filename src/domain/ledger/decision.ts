/** What a decision is, and what it needs to know beside the account. */
import type { Exchange } from '../base/clock.ts'
import type { ActivityId, OfferId } from '../base/ids.ts'
import type { Reason, RefusalCode } from '../base/reason.ts'
import type { Instant } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import type { Assessment } from '../methodology/assess.ts'
import type { Pack } from '../methodology/pack.ts'
import type { Offer } from '../offers/offer.ts'
import type { Occurrence } from '../taking-part/occurrence.ts'
import type { PlantingDay } from '../taking-part/planting.ts'
import type { HelperId } from './helping.ts'
import type { PostedActivity } from './ledger-state.ts'
import type { Prolonged } from './prolonged.ts'
import type { DrawEntry, Outcome, RecordDetail } from './record.ts'
import type { Transfer } from './transfer.ts'

/** What a decision needs to know beside the account. */
export interface World {
  readonly now: Instant
  readonly pack: Pack
  readonly offer: (id: OfferId) => Offer | undefined
  /** Why nothing of the offer can be had, if so. */
  readonly stock?: (id: OfferId) => 'offer_sold_out' | 'offer_budget_spent' | undefined
  /** Why its draw takes no entry, or lets none go, if so. */
  readonly entry?: 'draw_not_open' | 'draw_full' | 'command_elsewhere'
  /** Whether a question is one of ours. Absent on the phone, which asks no others. */
  readonly isQuestion?: (id: string) => boolean
  /** Whether a provider reports here. Absent on the phone, which links no others. */
  readonly isProvider?: (id: string) => boolean
  /** The occurrence, and whether this is its code. Absent on the phone, which cannot know. */
  readonly occurrence?: (id: string, code: string) => { event: Occurrence; isCode: boolean } | undefined
  /** A day of planting that is published. Absent on the phone, which cannot know whether it still holds. */
  readonly plantingDay?: (id: string) => PlantingDay | undefined
  /** Why it has no place for this person, if so. */
  readonly place?: 'planting_full'
  /** An act that the state has let go because it counts nothing, found by its record. */
  readonly idleAct?: (id: ActivityId) => PostedActivity | undefined
  /** Who asks, where it is not the owner. */
  readonly helper?: HelperId
  /** What only the backend can see: the same track on another account, a clock that is off. */
  readonly findings?: readonly Reason[]
  /** Whose clock timed the commands, and when it sent them. Absent: the clock was right. */
  readonly exchange?: Omit<Exchange, 'now'>
}

export function exchangeOf({ now, exchange }: World): Exchange {
  return { ...(exchange ?? { sentAt: now }), now }
}

export interface Decision {
  readonly outcome: Outcome
  readonly reasons: readonly Reason[]
  readonly transfers: readonly Transfer[]
  readonly assessment?: Assessment
  readonly voucher?: VoucherTerms
  readonly event?: Occurrence
  /** `planting.join`: the day as it stands. */
  readonly planting?: PlantingDay
  /** The activity or voucher that the command is about; of an act that better evidence stands against, that. */
  readonly about?: string
  /** Acts that give way to this one: as its record's detail says them. */
  readonly supersedes?: readonly string[]
  readonly displaces?: readonly string[]
  /** When the points of a cancelled voucher come back. */
  readonly returnsAt?: Instant
  /** `draw.enter`: what was entered. */
  readonly entry?: DrawEntry
  /** `draw.leave`: points that have had their prolongation, as its record's detail says them. */
  readonly prolonged?: Prolonged
}

interface VoucherTerms {
  readonly offerId: OfferId
  readonly offerVersion: number
  readonly pricePoints: Points
  readonly merchantId: Offer['merchantId']
  readonly expiresAt: Instant
  readonly offer: Offer
}

/** What the record's detail says of its decision. A voucher gets its code and token besides. */
export function toldOf(decision: Decision): RecordDetail {
  const { reasons, assessment, about, returnsAt, event, planting } = decision
  const { supersedes, displaces, entry, prolonged } = decision
  return {
    reasons,
    ...(assessment ? { assessment } : {}),
    ...(about === undefined ? {} : { about }),
    ...(returnsAt === undefined ? {} : { returnsAt }),
    ...(event ? { event } : {}),
    ...(planting ? { planting } : {}),
    ...(supersedes ? { supersedes } : {}),
    ...(displaces ? { displaces } : {}),
    ...(entry ? { entry } : {}),
    ...(prolonged ? { prolonged } : {}),
  }
}

export function refuse(code: RefusalCode, numbers?: Record<string, number>): Decision {
  return { outcome: 'refused', reasons: [numbers ? { code, numbers } : { code }], transfers: [] }
}
