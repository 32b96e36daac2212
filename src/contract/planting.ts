/** Days of planting trees, as everybody may read them and as whoever holds one publishes it. */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { DAY_MS } from '../domain/base/time.ts'
import { instant } from './command.ts'
import { nameOf, textOf } from './plain-text.ts'
import { slug } from './slug.ts'

export const PLANTING_TITLE_MAX = 80
export const PLANTING_BRING_MAX = 200
export const PLANTING_NOTE_MAX = 200
export const PLANTING_PLACES_MAX = 5000

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

interface Times {
  readonly startsAt: number
  readonly endsAt: number
  readonly cancelBy: number
}
const inOrder = ({ startsAt, endsAt, cancelBy }: Times) =>
  cancelBy <= startsAt && startsAt < endsAt && endsAt - startsAt <= DAY_MS
const ORDER_MESSAGE = 'cancelBy, startsAt, endsAt in this order, within a day from start to end'

export const plantingDaySchema = v.object({
  id: slug,
  provider: slug,
  city: v.picklist(CITY_IDS),
  titleZh: v.string(),
  titleEn: v.string(),
  placeZh: v.string(),
  placeEn: v.string(),
  bringZh: v.string(),
  bringEn: v.string(),
  startsAt: instant,
  endsAt: instant,
  cancelBy: instant,
  places: count,
  revision: count,
  calledOff: v.exactOptional(
    v.object({ noteZh: v.exactOptional(v.string()), noteEn: v.exactOptional(v.string()) }),
  ),
  sample: v.boolean(),
})

/** `left`: places, as this answer was made. */
export const plantingDaysSchema = v.object({
  days: v.array(v.object({ ...plantingDaySchema.entries, left: count })),
})

/** Of a day as it is published, whoever publishes it. */
export const plantingDraftEntries = {
  city: v.picklist(CITY_IDS),
  titleZh: nameOf(PLANTING_TITLE_MAX),
  titleEn: nameOf(PLANTING_TITLE_MAX),
  placeZh: nameOf(PLANTING_TITLE_MAX),
  placeEn: nameOf(PLANTING_TITLE_MAX),
  bringZh: textOf(PLANTING_BRING_MAX),
  bringEn: textOf(PLANTING_BRING_MAX),
  startsAt: instant,
  endsAt: instant,
  cancelBy: instant,
  places: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(PLANTING_PLACES_MAX)),
}

/** Why it will not take place: in both languages or in none. */
export const callOffNoteSchema = v.pipe(
  v.strictObject({
    noteZh: v.exactOptional(textOf(PLANTING_NOTE_MAX)),
    noteEn: v.exactOptional(textOf(PLANTING_NOTE_MAX)),
  }),
  v.check(
    ({ noteZh, noteEn }) => (noteZh === undefined) === (noteEn === undefined),
    'the note in both languages',
  ),
)

/** All of the day as it is from now on; whoever signed up is told of a change. It goes by the id in the address. */
export const plantingDraftSchema = v.pipe(
  v.strictObject({ ...plantingDraftEntries, calledOff: v.exactOptional(callOffNoteSchema) }),
  v.check((draft) => inOrder(draft), ORDER_MESSAGE),
)

/** What a demo's organiser is to say of somebody who signed up. */
export const demoPlantingSchema = v.strictObject({ came: v.boolean() })

export type PlantingDraft = v.InferOutput<typeof plantingDraftSchema>
export type PlantingDays = v.InferOutput<typeof plantingDaysSchema>
