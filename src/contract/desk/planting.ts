/** Planting days at the desk: for organisers without engineers, published and changed by two people, called off by one. */
import * as v from 'valibot'
import { DAY_MS } from '../../domain/base/time.ts'
import { callOffNoteSchema, plantingDaySchema, plantingDraftEntries } from '../planting.ts'
import { slug } from '../slug.ts'
import { pageOf } from './page.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** `left`: places, as this answer was made; none of one that was called off. */
const deskPlantingSchema = v.strictObject({ day: plantingDaySchema, left: count })
export const deskPlantingsSchema = pageOf(deskPlantingSchema)

/** All of the day as it is from now on. `base`: the revision that the clerk saw, 0 of a new one, which has no id yet. */
export const deskPlantingDraftSchema = v.pipe(
  v.strictObject({ id: v.exactOptional(slug), base: count, provider: slug, ...plantingDraftEntries }),
  v.forward(
    v.partialCheck(
      [['startsAt'], ['endsAt']],
      ({ startsAt, endsAt }) => startsAt < endsAt && endsAt - startsAt <= DAY_MS,
      'later than it begins, by a day at most',
    ),
    ['endsAt'],
  ),
  v.forward(
    v.partialCheck(
      [['startsAt'], ['cancelBy']],
      ({ startsAt, cancelBy }) => cancelBy <= startsAt,
      'not later than it begins',
    ),
    ['cancelBy'],
  ),
)

export const deskCallOffSchema = v.strictObject({ base: count, note: callOffNoteSchema })

export type DeskPlanting = v.InferOutput<typeof deskPlantingSchema>
export type DeskPlantingDraft = v.InferOutput<typeof deskPlantingDraftSchema>
