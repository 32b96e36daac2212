/** Weeks that are over, by city. Where fewer than five people took part, no figure is told: it would be one of them. */
import * as v from 'valibot'
import { CITY_IDS } from '../../domain/base/city.ts'

export const PEOPLE_MIN = 5

const whole = v.pipe(v.number(), v.safeInteger())

const figures = v.strictObject({
  people: whole,
  acts: whole,
  grams: whole,
  points: whole,
  vouchers: whole,
})

export const weeksSchema = v.strictObject({
  weeks: v.array(
    v.strictObject({
      /** Its Monday. */
      week: v.string(),
      city: v.picklist(CITY_IDS),
      /** Absent: too few. */
      figures: v.exactOptional(figures),
    }),
  ),
  next: v.exactOptional(v.string()),
})

export type WeeksAnswer = v.InferOutput<typeof weeksSchema>
