/**
 * Why a verdict is what it is: a closed list of codes, each with the numbers that fired it. The words stand in src/text, complete per code.
 * Assessment codes go with a record of an activity; refusal codes say that a command was not granted.
 */

export const ASSESSMENT_CODES = [
  // cut: the outcome is `adjusted`
  'ride_distance_cap', // {limit, given} metres of one ride
  'day_quantity_cap', // {limit, used} in the unit of the quantity
  'day_count_cap', // {limit, used} acts a day
  'week_count_cap', // {limit, used} acts a week
  'month_quantity_cap', // {limit, used}
  'manual_day_cap', // {limit, used} grams
  'manual_month_cap', // {limit, used} grams
  'import_day_cap', // {limit, used} grams
  'device_day_cap', // {limit, used} grams: files and live tracks together
  'open_day_cap', // {limit, used} grams: everything that is not a provider's
  'week_reward_cap', // {limit, used} points: grams count in full, points stop
  'year_reward_cap', // {limit, used} points
  'open_week_cap', // {limit, used} points of what no provider reports, posted within seven days
  'first_week_cap', // {limit, used} the same, over an account's first seven days
  'mode_unproven', // {share} per mille: a track proves motion, not the vehicle
  // not counted: the outcome is `rejected`
  'unknown_activity', // {}
  'unit_mismatch', // {}
  'quantity_missing', // {}
  'invalid_times', // {}
  'too_short', // {limit, given} metres
  'too_fast', // {limit, given} metres per hour
  'too_slow', // {limit, given} metres per hour
  'overlap', // {} another trip stands at that time
  'implausible', // {limit, given} in the unit of the quantity: nobody does so much at once
  'end_missing', // {limit, given} metres: without an end, so far is not believed
  'track_incomplete', // {} a file without end, distance, motion or points
  'track_mismatch', // {} a file's times, points and speeds cannot be of one trip
  'too_old', // {limit, given} days
  'in_future', // {given} minutes ahead
  'provider_only', // {}
  'trust_not_taken', // {} no app sends such evidence yet
  'not_in_city', // {}
  'recorded_elsewhere', // {} the very record, from a guest's backup, counts in another account
  'duplicate_track', // {} the same track was counted before, on this account or another
  'track_replayed', // {days} the motion of another act, so many days apart, under other times or changed; {repeats} per mille: joined of copies of itself
  'nothing_moved', // {reach} metres, as a receiver drifts; or {hops} per mille of the way: between places where it stood
  'vehicle_motion', // {limit, given} standing starts that end above 30 km/h within seconds
  'report_withdrawn', // {} the provider took its report back
  'merged', // {} better evidence of the same ride stands
  // a person must look: the outcome is `review`
  'clock_implausible', // {given} minutes between the device's clock and the backend's
  'appealed', // {}
  'shared_device', // {accounts, limit}
  'speed_uniform', // {even}, {sway, least} per mille, {stray} decimetres or {jitter} centimetres: computed rather than recorded
  'places_rounded', // {round} per mille of the fixes lie on a grid of ten metres
  'device_burst', // {acts, limit} tracks of one device within a day
  'report_late', // {limit, given} days from the act to the provider's report
  // said for completeness: the outcome does not change
  'default_distance', // {value} metres: no distance was given
  'zero_by_rule', // {} an honest zero: recorded, counted for streaks
  'rights_missing', // {} rewarded, but no declaration says who may claim the grams: never a credit
] as const

export type AssessmentCode = (typeof ASSESSMENT_CODES)[number]

export const REFUSAL_CODES = [
  'activity_unknown', // withdraw or appeal of what is not in the journal, or too old to change
  'activity_withdrawn',
  'activity_merged', // it is one with better evidence of the same ride
  'appeal_exists',
  'appeal_pointless', // the act was accepted in full
  'offer_unknown',
  'offer_ended',
  'offer_sold_out',
  'offer_budget_spent',
  'price_changed', // {price}
  'person_limit', // {limit}
  'points_not_enough', // {available, price}
  'week_value_limit', // {limit, used} fen of all offers in a week
  'year_value_limit', // {limit, used} fen of all offers in a year
  'draw_only', // {} its pieces are drawn: entering is another request
  'draw_not_open', // {} not yet, or not any more
  'draw_entered', // {} once is enough
  'draw_full', // {limit} entries
  'entry_unknown', // {} not in the journal, or its draw is over
  'too_many_vouchers', // {limit}
  'voucher_unknown',
  'voucher_ended', // already used, returned or expired
  'voucher_already_accepted', // in a merchant's journal: another was first
  'voucher_not_yours', // bound to another merchant
  'voucher_forged', // the signature does not hold
  'voucher_late', // accepted after its end, or the settlement window has passed
  'voucher_not_used', // {} still open: it can be given back instead
  'dispute_exists', // {} each voucher can be disputed once
  'dispute_late', // {limit} days after the settlement, or there never was one
  'acceptance_unknown', // {} this shop has no such acceptance
  'refund_exists', // {} its points went back before
  'refund_late', // {limit} days after the acceptance
  'question_unknown',
  'question_answered', // {} the first answer stands
  'event_unknown', // or one without check-in
  'event_withdrawn', // its organiser called it off
  'event_code_wrong',
  'event_code_tries', // {limit} wrong codes a day
  'event_not_on', // the check-in was made on another day
  'event_attended',
  'event_too_late', // {limit} days after the event
  'too_many_voices', // {limit}
  'service_not_linked', // {} the service that is to come is not linked
  'too_many_pickups', // {limit} open ones
  'pickup_window', // {} over, too far ahead, or too long
  'pickup_over', // {} collected, called off, or never booked
  'planting_unknown', // {} no such day is published
  'planting_off', // {} it will not take place
  'planting_moved', // {} other times than the person saw
  'planting_full', // {} no place is left
  'planting_begun', // {} it begins, or is over
  'planting_joined', // {} the person has a place there
  'too_many_plantings', // {limit} days to come
  'planting_over', // {} no place is held: given back, called off, or reported
  'planting_leave_late', // {} after the time until which a place can be given back
  'provider_unknown', // {} nobody of that name reports here
  'consent_unknown', // {} not in the journal, or long ended
  'consent_exists', // {} one of that scope is in force
  'consent_ended', // {}
  'too_many_consents', // {limit}
  'helper_unknown', // {} nobody of that id is let log, or not any more
  'too_many_helpers', // {limit}
  'command_elsewhere', // {} the same from a guest's backup was sent by another account
  'kind_not_for_account', // a merchant's command in a citizen's journal, or the other way round
] as const

export type RefusalCode = (typeof REFUSAL_CODES)[number]
type ReasonCode = AssessmentCode | RefusalCode

export interface Reason {
  readonly code: ReasonCode
  /** Whole numbers in the unit named beside the code. */
  readonly numbers?: Readonly<Record<string, number>>
}
