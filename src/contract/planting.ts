/** Days of planting trees, as everybody may read them and as whoever holds one publishes it. */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { DAY_MS } from '../domain/base/time.ts'
import { instant } from './command.ts'
import { nameOf, textOf } from './plain-text.ts'
import { slug } from './slug.ts'

const TITLE_MAX = 80
const BRING_MAX = 200
const NOTE_MAX = 200
const PLACES_MAX = 5000

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

/** All of the day as it is from now on; whoever signed up is told of a change. It goes by the id in the address. */
export const plantingDraftSchema = v.pipe(
  v.strictObject({
    city: v.picklist(CITY_IDS),
    titleZh: nameOf(TITLE_MAX),
    titleEn: nameOf(TITLE_MAX),
    placeZh: nameOf(TITLE_MAX),
    placeEn: nameOf(TITLE_MAX),
    bringZh: textOf(BRING_MAX),
    bringEn: textOf(BRING_MAX),
    startsAt: instant,
    endsAt: instant,
    cancelBy: instant,
    places: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(PLACES_MAX)),
    calledOff: v.exactOptional(
      v.pipe(
        v.strictObject({
          noteZh: v.exactOptional(textOf(NOTE_MAX)),
          noteEn: v.exactOptional(textOf(NOTE_MAX)),
        }),
        v.check(
          ({ noteZh, noteEn }) => (noteZh === undefined) === (noteEn === undefined),
          'the note in both languages',
        ),
      ),
    ),
  }),
  v.check((draft) => inOrder(draft), ORDER_MESSAGE),
)

/** What a demo's organiser is to say of somebody who signed up. */
export const demoPlantingSchema = v.strictObject({ came: v.boolean() })

export type PlantingDraft = v.InferOutput<typeof plantingDraftSchema>
export type PlantingDays = v.InferOutput<typeof plantingDaysSchema>
