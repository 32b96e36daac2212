/** How much a month would have to avoid until points buy something: a goal set by what somebody wants. */
import type { Grams, Points } from '../base/units.ts'
import type { Pack } from './pack.ts'

const DAYS_A_MONTH = 30
/** Goals are set in tenths of a kilogram. */
const GOAL_STEP_GRAMS = 100

/**
 * Grams to avoid each month, rounded up to a tenth of a kilogram, so that the missing points are there after so many months; what quizzes
 * and events grant would come on top. Undefined where the reward's limits do not let so many points be earned in that time.
 */
export function goalFor(missing: Points, months: number, { reward }: Pack): Grams | undefined {
  const { pointsPerGram, weekCapPoints, openWeekPoints } = reward
  const week = Math.min(weekCapPoints.value, openWeekPoints?.value ?? weekCapPoints.value)
  const pointsAMonth = missing / months
  if (pointsAMonth > (week * DAYS_A_MONTH) / 7) return undefined
  return (Math.ceil(pointsAMonth / pointsPerGram.value / GOAL_STEP_GRAMS) * GOAL_STEP_GRAMS) as Grams
}
