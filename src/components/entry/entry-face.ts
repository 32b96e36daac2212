/** What a row of the ledger and the head of a detail page show of an entry, whatever it comes from. */
import type { Component } from 'vue'
import type { DisputeVerdict } from '../../domain/offers/dispute.ts'
import type { PickupState } from '../../domain/taking-part/pickup.ts'
import type { PlantingNews } from '../../domain/taking-part/planting.ts'
import type { VoiceState } from '../../domain/taking-part/voice.ts'

/** Beyond the states of a record: what became of it later, and what the backend cannot read. */
export type FaceState =
  | 'local'
  | 'sent'
  | 'deferred'
  | 'accepted'
  | 'adjusted'
  | 'rejected'
  | 'review'
  | 'returning'
  | 'refused'
  /** Granted or booked: for what is no act, "accounted" would be the wrong word. */
  | 'posted'
  | 'withdrawn'
  | 'used'
  | 'returned'
  /** The shop took it back; the holder disputed its use, and what was found. */
  | 'refunded'
  | 'disputed'
  | DisputeVerdict
  /** A shop's statement. */
  | 'paid'
  | 'called_off'
  /** One with better evidence of the same act. */
  | 'superseded'
  /** A consent. */
  | 'ended'
  /** An entry in a draw. */
  | 'won'
  | 'lost'
  | 'left'
  /** A planting day: signed up for, and what became of it. */
  | 'signed_up'
  | Exclude<PlantingNews, 'changed'>
  | VoiceState
  | PickupState

export interface EntryFace {
  readonly id: string
  readonly icon: Component
  /** In the colour of vouchers. */
  readonly isWarm: boolean
  readonly title: string
  /** When, and on what evidence. */
  readonly meta: string
  /** Whole points; an estimate while waiting. */
  readonly points: number
  /** Only where the entry is about grams. */
  readonly grams?: number
  readonly state: FaceState
  /** A short further word: "按 60 km 计". */
  readonly note?: string
  /** Not in the journal yet: dashed, and its numbers are estimates. */
  readonly isWaiting: boolean
  /** It never left the phone: it can be taken back without a trace. */
  readonly canUndo: boolean
}
