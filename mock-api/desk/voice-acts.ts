/** What the desk does with citizens' words: an answer to each, and scores of nominated cases, whose last brings the answer. */
import * as v from 'valibot'
import { type Scored, scoreDraftSchema } from '../../src/contract/desk/voices.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { marksInWords, verdictOf } from '../../src/domain/taking-part/scoring.ts'
import { isFinal, VOICE_STATES } from '../../src/domain/taking-part/voice.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { OfficeAct } from '../base/office-act.ts'
import { answerVoice } from '../book/answer-voice.ts'
import { BookError } from '../book/errors.ts'
import { insertScore, readScores } from '../storage/voice-scores.ts'
import { readVoice } from '../storage/voices.ts'

const about = {
  accountId: v.pipe(
    v.string(),
    v.transform((text) => text as AccountId),
  ),
  voiceId: v.string(),
}

/** `answers`: how many it had when this was said, so that one that went out before is not sent again. */
const answerSchema = v.strictObject({
  ...about,
  answers: v.number(),
  state: v.picklist(VOICE_STATES),
  note: v.exactOptional(v.string()),
})

export const answerVoiceAct: OfficeAct<v.InferOutput<typeof answerSchema>, void> = {
  name: 'voice.answer',
  payload: answerSchema,
  isPersonal: true,
  async run(deps, { actId: act, payload: { accountId, voiceId, answers, ...answer } }) {
    const voice = await readVoice(deps.db, accountId, voiceId)
    if (voice?.answers === answers) await answerVoice(deps, accountId, { voiceId, answer, act })
  },
}

const scoreSchema = v.strictObject({ ...about, ...scoreDraftSchema.entries })

export const scoreAct: OfficeAct<v.InferOutput<typeof scoreSchema>, Scored> = {
  name: 'nomination.score',
  payload: scoreSchema,
  isPersonal: true,
  async run(deps, { actId: act, operatorId, payload: { accountId, voiceId, scores, note = null } }) {
    const voice = await readVoice(deps.db, accountId, voiceId)
    if (voice?.kind !== 'case.nominate') throw new BookError('nothing_waits')
    const row = { accountId, voiceId, operatorId, note, scoredAt: deps.now() }
    await insertScore(deps.db, row, canonicalJson(scores))
    const all = (await readScores(deps.db, [voice])).map((each) => each.scores)
    const state = verdictOf(all)
    if (state === undefined) return { count: all.length }
    const isOpen = voice.state === 'received' || !isFinal(voice.state)
    const answer = { state, note: marksInWords(all) }
    if (isOpen) await answerVoice(deps, accountId, { voiceId, answer, act })
    return { count: all.length, state }
  },
}

export const VOICE_ACTS: readonly OfficeAct[] = [answerVoiceAct, scoreAct]
