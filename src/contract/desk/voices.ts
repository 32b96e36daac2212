/** How a nominated case is scored at the desk. */
import * as v from 'valibot'
import { CRITERIA, type Criterion, SCORE_MAX, SCORE_MIN } from '../../domain/taking-part/scoring.ts'
import { textOf } from '../plain-text.ts'

const SCORE_NOTE_MAX = 500

const mark = v.pipe(v.number(), v.integer(), v.minValue(SCORE_MIN), v.maxValue(SCORE_MAX))
const scores = v.strictObject(
  Object.fromEntries(CRITERIA.map((criterion) => [criterion, mark])) as Record<Criterion, typeof mark>,
)

/** `isFree`: neither the nominator nor of the nominated. Who cannot say so does not score. */
export const scoreDraftSchema = v.strictObject({
  isFree: v.literal(true),
  scores,
  note: v.exactOptional(textOf(SCORE_NOTE_MAX)),
})

export const scoredSchema = v.strictObject({
  /** How many have scored by now. */
  count: v.number(),
  /** The answer that went out, once enough have. */
  state: v.exactOptional(v.picklist(['selected', 'declined'])),
})

export type ScoreDraft = v.InferOutput<typeof scoreDraftSchema>
export type Scored = v.InferOutput<typeof scoredSchema>
