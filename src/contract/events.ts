/** Events with their dates, as everybody may read them and as an operator publishes them. The code of a check-in is never among what is read. */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { isPlainName } from '../domain/base/plain-text.ts'
import { addDays, type Day, isRealDay } from '../domain/base/time.ts'
import { CHECK_IN_CODE_MAX, plainCode } from '../domain/taking-part/occurrence.ts'
import { instant } from './command.ts'
import { NAME_MESSAGE, nameOf, textOf } from './plain-text.ts'
import { slug } from './slug.ts'

const TITLE_MAX = 80
const NOTE_MAX = 200
/** Worth a morning, and never more than a month of cycling. */
export const EVENT_POINTS_MAX = 500
/** 36⁶ codes: ten thousand people, each with the ten tries of a day, find one once in twenty thousand days. Shorter ones of before still open. */
const CODE_MIN = 6
/** Longer than any campaign week; a year is surely a slip of the keyboard. */
const EVENT_DAYS_MAX = 31

const title = nameOf(TITLE_MAX)
const day = v.pipe(
  v.string(),
  v.check((value) => isRealDay(value), 'a day that exists'),
)

const what = {
  eventId: slug,
  city: v.picklist(CITY_IDS),
  fromDay: day,
  toDay: day,
  points: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(EVENT_POINTS_MAX)),
  sample: v.boolean(),
}

interface Dated {
  readonly fromDay: Day
  readonly toDay: Day
  readonly placeZh?: string
  readonly placeEn?: string
}
const inOrder = ({ fromDay, toDay }: Dated) => fromDay <= toDay && toDay < addDays(fromDay, EVENT_DAYS_MAX)
const ORDER_MESSAGE = `toDay from fromDay on, ${EVENT_DAYS_MAX} days at most`
const inBoth = ({ placeZh, placeEn }: Dated) => (placeZh === undefined) === (placeEn === undefined)
const PLACE_MESSAGE = 'the place in both languages'

export const occurrenceSchema = v.pipe(
  v.strictObject({
    id: slug,
    ...what,
    titleZh: v.string(),
    titleEn: v.string(),
    placeZh: v.exactOptional(v.string()),
    placeEn: v.exactOptional(v.string()),
    hasCheckIn: v.boolean(),
    /** Only for who says `wire=2`; for others a withdrawn event is not listed. */
    withdrawn: v.exactOptional(
      v.strictObject({
        at: instant,
        noteZh: v.exactOptional(v.string()),
        noteEn: v.exactOptional(v.string()),
      }),
    ),
  }),
  v.check((each) => inOrder(each), ORDER_MESSAGE),
)

export const occurrencesAnswerSchema = v.strictObject({ occurrences: v.array(occurrenceSchema) })

/** With an id, it takes the place of what was published under it; without, it is one more. With a code, one can check in. */
export const occurrenceDraftSchema = v.pipe(
  v.strictObject({
    ...what,
    titleZh: title,
    titleEn: title,
    placeZh: v.exactOptional(title),
    placeEn: v.exactOptional(title),
    id: v.exactOptional(slug),
    code: v.exactOptional(
      v.pipe(
        v.string(),
        v.maxLength(CHECK_IN_CODE_MAX),
        v.check((code) => isPlainName(code), NAME_MESSAGE),
        v.check((code) => plainCode(code).length >= CODE_MIN, `${CODE_MIN} letters and digits`),
      ),
    ),
  }),
  v.check((each) => inOrder(each), ORDER_MESSAGE),
  v.check((each) => inBoth(each), PLACE_MESSAGE),
)

const noteInBoth = ({ noteZh, noteEn }: { noteZh?: string; noteEn?: string }) =>
  (noteZh === undefined) === (noteEn === undefined)

/** Why, in both languages or in none. */
export const withdrawalDraftSchema = v.pipe(
  v.strictObject({ noteZh: v.exactOptional(textOf(NOTE_MAX)), noteEn: v.exactOptional(textOf(NOTE_MAX)) }),
  v.check((each) => noteInBoth(each), 'the note in both languages'),
)

/** Only in demo mode and only on loopback: what would stand on the sign. */
export const eventCodeSchema = v.strictObject({ code: v.string() })

export type OccurrencesAnswer = v.InferOutput<typeof occurrencesAnswerSchema>
export type OccurrenceDraft = v.InferOutput<typeof occurrenceDraftSchema>
export type WithdrawalDraft = v.InferOutput<typeof withdrawalDraftSchema>
export type EventCode = v.InferOutput<typeof eventCodeSchema>
