/** What a reason does to the verdict. One table, complete by type, so that a new code must decide. */
import { ASSESSMENT_CODES, type AssessmentCode, type Reason } from '../base/reason.ts'

type Effect = 'cut' | 'reject' | 'review' | 'note'

const EFFECTS: Readonly<Record<AssessmentCode, Effect>> = {
  ride_distance_cap: 'cut',
  day_quantity_cap: 'cut',
  day_count_cap: 'cut',
  week_count_cap: 'cut',
  month_quantity_cap: 'cut',
  manual_day_cap: 'cut',
  manual_month_cap: 'cut',
  import_day_cap: 'cut',
  device_day_cap: 'cut',
  open_day_cap: 'cut',
  week_reward_cap: 'cut',
  year_reward_cap: 'cut',
  open_week_cap: 'cut',
  first_week_cap: 'cut',
  mode_unproven: 'cut',
  unknown_activity: 'reject',
  unit_mismatch: 'reject',
  quantity_missing: 'reject',
  invalid_times: 'reject',
  too_short: 'reject',
  too_fast: 'reject',
  too_slow: 'reject',
  overlap: 'reject',
  implausible: 'reject',
  end_missing: 'reject',
  track_incomplete: 'reject',
  track_mismatch: 'reject',
  too_old: 'reject',
  in_future: 'reject',
  provider_only: 'reject',
  trust_not_taken: 'reject',
  not_in_city: 'reject',
  recorded_elsewhere: 'reject',
  duplicate_track: 'reject',
  track_replayed: 'reject',
  nothing_moved: 'reject',
  vehicle_motion: 'reject',
  report_withdrawn: 'reject',
  merged: 'reject',
  clock_implausible: 'review',
  appealed: 'review',
  shared_device: 'review',
  speed_uniform: 'review',
  places_rounded: 'review',
  device_burst: 'review',
  report_late: 'review',
  default_distance: 'note',
  zero_by_rule: 'note',
  rights_missing: 'note',
}

/** Those for which a person has to look. */
export const REVIEW_CODES: readonly AssessmentCode[] = ASSESSMENT_CODES.filter(
  (code) => EFFECTS[code] === 'review',
)

export function isAssessmentCode(code: string): code is AssessmentCode {
  return (ASSESSMENT_CODES as readonly string[]).includes(code)
}

/** Undefined for a refusal code: it says nothing about an assessment. */
export function effectOf({ code }: Reason): Effect | undefined {
  return isAssessmentCode(code) ? EFFECTS[code] : undefined
}
