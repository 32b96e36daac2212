/** What a person may ask for. The id is made on the device before anything is sent, so that a command sent twice is one command. */

import type { CityId } from '../base/city.ts'
import type { ClockReading } from '../base/clock.ts'
import type { ActivityId, CommandId, OfferId, VoucherId } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import type { ActivityClaim } from '../evidence/activity.ts'
import type { EntryId } from '../offers/draw.ts'
import type { Booking } from '../taking-part/pickup.ts'
import type { SignUp } from '../taking-part/planting.ts'
import type { FeedbackTopic, PhotoRef } from '../taking-part/voice.ts'
import type { ConsentGiven, ConsentId } from './consent.ts'
import type { HelperId } from './helping.ts'

export interface CommandBodies {
  'activity.record': ActivityClaim
  /** Takes back one's own record, e.g. logged by mistake. */
  'activity.withdraw': { readonly activityId: ActivityId }
  /** Asks a person to look again, with more words, and what can be seen on a photo. */
  'activity.appeal': { readonly activityId: ActivityId; readonly note: string; readonly photo?: PhotoRef }
  /** Names the version and the price that the person saw. The voucher goes by the command's id. */
  'voucher.redeem': { readonly offerId: OfferId; readonly offerVersion: number; readonly pricePoints: Points }
  'voucher.cancel': { readonly voucherId: VoucherId }
  /** In a merchant's journal: the acceptance of a customer's voucher, shown as a code or read aloud as a number. */
  'voucher.accept':
    | { readonly token: string; readonly acceptedAt: Instant }
    | { readonly code: string; readonly acceptedAt: Instant }
  /** In a merchant's journal: what was accepted is taken back; by the id of the command that accepted it. */
  'voucher.refund': { readonly acceptanceId: CommandId; readonly note: string }
  /** The holder says that it was not they who used the voucher, or that they got nothing for it. */
  'voucher.dispute': { readonly voucherId: VoucherId; readonly note: string }
  /** `choice`: the option's place in the question as published, not as shuffled on the screen. */
  'quiz.answer': { readonly questionId: string; readonly choice: number }
  'event.check-in': { readonly occurrenceId: string; readonly code: string }
  /** On one measure of a city's plan, or on the city's climate work at large. */
  'feedback.send': {
    readonly city: CityId
    readonly measureId?: string
    readonly topic: FeedbackTopic
    readonly text: string
  }
  'consent.give': ConsentGiven
  'consent.withdraw': { readonly consentId: ConsentId }
  /** Lets somebody log for the account; the helper goes by the command's id. */
  'helper.invite': { readonly name: string }
  'helper.revoke': { readonly helperId: HelperId }
  'case.nominate': {
    readonly city: CityId
    readonly measureId?: string
    readonly title: string
    readonly text: string
    readonly photo?: PhotoRef
  }
  'pickup.book': Booking
  'pickup.cancel': { readonly pickupId: CommandId }
  /** Names the times that the person saw. The sign-up goes by the command's id. */
  'planting.join': SignUp
  'planting.leave': { readonly joinId: CommandId }
  /** Names the version and the price that the person saw. The entry goes by the command's id. */
  'draw.enter': { readonly offerId: OfferId; readonly offerVersion: number; readonly pricePoints: Points }
  'draw.leave': { readonly entryId: EntryId }
}

export type CommandKind = keyof CommandBodies

export interface CommandOf<Kind extends CommandKind> {
  readonly id: CommandId
  readonly kind: Kind
  /** The device's clock when the person tapped. Shown, never used for order. */
  readonly at: Instant
  /** What tells whether that clock was right. Absent in commands of before there was one. */
  readonly clock?: ClockReading
  readonly body: CommandBodies[Kind]
}

export type Command = { [Kind in CommandKind]: CommandOf<Kind> }[CommandKind]

export const APPEAL_NOTE_MAX = 500

/** New commands that an account takes in a day: nobody does as much by hand, and a phone's backlog of years fits. Long ones count as several. */
export const COMMANDS_A_DAY_MAX = 10_000
