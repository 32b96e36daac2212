/** Citizens’ words at the desk: those that wait, an answer to one, and how a nominated case is scored. */
import * as v from 'valibot'
import { CRITERIA, type Criterion, SCORE_MAX, SCORE_MIN } from '../../domain/taking-part/scoring.ts'
import { VOICE_STATES } from '../../domain/taking-part/voice.ts'
import { textOf } from '../plain-text.ts'

export const SCORE_NOTE_MAX = 500
export const ANSWER_NOTE_MAX = 1000

export const voiceAnswerSchema = v.strictObject({
  state: v.picklist(VOICE_STATES),
  note: v.exactOptional(textOf(ANSWER_NOTE_MAX)),
})

export const voicesSchema = v.strictObject({
  voices: v.array(
    v.strictObject({
      accountId: v.string(),
      voiceId: v.string(),
      kind: v.picklist(['feedback.send', 'case.nominate']),
      city: v.string(),
      state: v.picklist(['received', ...VOICE_STATES]),
      sentAt: v.number(),
      photoDigest: v.nullable(v.string()),
      hasPhoto: v.boolean(),
      /** The command's text as the person sent it. */
      command: v.exactOptional(v.string()),
      /** Of a nomination: how many have scored it, and whether whoever asks has. */
      scored: v.exactOptional(v.number()),
      isScoredByMe: v.exactOptional(v.boolean()),
    }),
  ),
  /** Where the next page begins: `?after=`. Absent on the last. */
  next: v.exactOptional(v.string()),
})

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

export type Voices = v.InferOutput<typeof voicesSchema>
export type DeskVoice = Voices['voices'][number]
export type Scored = v.InferOutput<typeof scoredSchema>
