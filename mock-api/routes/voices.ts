/** Citizens' words to the city: the operator's page of all of them, and the photos of nominations and appeals for their owner and the operator. */
import * as v from 'valibot'
import { DESK_LISTS } from '../../src/contract/desk/lists.ts'
import { type Voices, voiceAnswerSchema } from '../../src/contract/desk/voices.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import { commandIn, openDetail } from '../../src/domain/ledger/open-record.ts'
import { citiesOf } from '../../src/domain/ledger/operator.ts'
import { isFinal, PHOTO_BYTES_MAX, type PhotoType } from '../../src/domain/taking-part/voice.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { actInOffice } from '../book/act-in-office.ts'
import type { VoiceAnswer } from '../book/answer-voice.ts'
import { readLiving } from '../book/append.ts'
import { answerVoiceAct } from '../desk/voice-acts.ts'
import { readBytes, readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { placeIn } from '../http/place.ts'
import { ProblemError } from '../http/problem.ts'
import { accountParam, requireSession } from '../http/session.ts'
import { readPhoto, readPhotoType, writePhoto } from '../storage/photos.ts'
import { readScores } from '../storage/voice-scores.ts'
import { readVoice, readVoices } from '../storage/voices.ts'
import { askedOf, isFoundIn } from './desk/asked-list.ts'
import { pageByLooking } from './desk/list-page.ts'
import { cityOf } from './ops.ts'

/** Each with its words. */
const VOICES_PER_PAGE = 100

const placeSchema = v.strictTuple([v.pipe(v.number(), v.safeInteger()), v.string(), v.string()])

/** Those that wait, of the cities in which whoever asks may answer. `?kind=`: feedback or nominations alone. */
export async function listVoices(c: HttpContext, deps: Deps): Promise<Voices> {
  const { operatorId, roles } = await requireRole(c, deps, 'reviewer')
  const place = placeIn(c, placeSchema)
  const { find, sort, filters } = askedOf(c, DESK_LISTS.voices)
  const cities = citiesOf(roles, ['reviewer', 'auditor'])
  const asked = { isOpen: true, kind: c.req.query('kind'), cities, ...filters, isDown: sort?.isDown ?? false }
  const { rows, ...rest } = await pageByLooking({
    ...{ after: place, limit: VOICES_PER_PAGE, isAll: find === '' },
    read: (after, limit) => readVoices(deps.db, { ...asked, after: after && placeOf(after), limit }),
    placeOf: ({ sentAt, accountId, voiceId }): Place => [sentAt, accountId, voiceId],
    fits: ({ detail, voiceId }) => isFoundIn([voiceId, ...wordsIn(detail)], find),
  })
  const scores = await readScores(deps.db, rows)
  const voices: Voices['voices'] = []
  for (const { answers: _answers, detail, ...row } of rows) {
    const command = openDetail(detail)?.command
    const own = scores.filter((score) => score.accountId === row.accountId && score.voiceId === row.voiceId)
    const isScoredByMe = own.some((score) => score.operatorId === operatorId)
    voices.push({
      ...row,
      ...(command === undefined ? {} : { command }),
      ...(row.kind === 'case.nominate' ? { scored: own.length, isScoredByMe } : {}),
    })
  }
  return { voices, ...rest }
}

type Place = v.InferOutput<typeof placeSchema>

function placeOf([sentAt, accountId, voiceId]: Place) {
  return { sentAt, accountId: accountId as AccountId, voiceId }
}

/** What the person wrote, and the measure that it is about. */
function wordsIn(detail: string | null): string[] {
  const command = commandIn(openDetail(detail))
  if (command?.kind !== 'feedback.send' && command?.kind !== 'case.nominate') return []
  const { text, measureId = '' } = command.body
  return [text, measureId, command.kind === 'case.nominate' ? command.body.title : '']
}

/** A nominated case has its last answer from two who score it. */
export async function answerVoiceRoute(c: HttpContext, deps: Deps): Promise<VoiceAnswer> {
  const accountId = accountParam(c)
  const city = await cityOf(deps, { accountId })
  const operator = await requireRole(c, deps, 'reviewer', city)
  const voiceId = c.req.param('voiceId') ?? ''
  if (!isUuid(voiceId)) throw new ProblemError('not_found')
  const answer = await readJson(c, voiceAnswerSchema, BODY_BYTES_MAX)
  await readLiving(deps.db, accountId)
  const voice = await readVoice(deps.db, accountId, voiceId)
  if (!voice || (voice.state !== 'received' && isFinal(voice.state))) throw new ProblemError('not_found')
  if (voice.kind === 'case.nominate' && isFinal(answer.state))
    throw new ProblemError('malformed', {
      detail: 'state: expected in_progress; two scores bring the answer',
    })
  const payload = { accountId, voiceId, answers: voice.answers, ...answer }
  const subject = `voice ${accountId} ${voiceId}`
  await actInOffice(deps, operator, { act: answerVoiceAct, ...city, subject, payload })
  return answer
}

export async function showVoicePhoto(c: HttpContext, deps: Deps): Promise<Response> {
  const accountId = accountParam(c)
  await requireRole(c, deps, 'reviewer', await cityOf(deps, { accountId }))
  return photoAnswer(deps, accountId, digestParam(c))
}

export async function showPhoto(c: HttpContext, deps: Deps): Promise<Response> {
  const accountId = accountParam(c)
  await requireSession(c, deps, accountId)
  await readLiving(deps.db, accountId)
  return photoAnswer(deps, accountId, digestParam(c))
}

/** Only what a nomination or an appeal has announced, and only those very bytes. Sent again, it changes nothing. */
export async function keepPhoto(c: HttpContext, deps: Deps): Promise<void> {
  const accountId = accountParam(c)
  await requireSession(c, deps, accountId)
  await readLiving(deps.db, accountId)
  const digest = digestParam(c)
  const type = await readPhotoType(deps.db, accountId, digest)
  if (!type) throw new ProblemError('not_found')
  const bytes = await readBytes(c.req.raw, PHOTO_BYTES_MAX)
  if (sha256Hex(bytes) !== digest)
    throw new ProblemError('malformed', { detail: 'other bytes than announced' })
  if (!isOfType(bytes, type)) throw new ProblemError('malformed', { detail: `not ${type}` })
  await writePhoto(deps.db, accountId, { digest, base64: Buffer.from(bytes).toString('base64') })
}

async function photoAnswer(deps: Deps, accountId: AccountId, digest: string): Promise<Response> {
  const photo = await readPhoto(deps.db, accountId, digest)
  if (!photo) throw new ProblemError('not_found')
  return new Response(Buffer.from(photo.base64, 'base64'), {
    headers: {
      'content-type': photo.type,
      'content-disposition': 'inline',
    },
  })
}

function digestParam(c: HttpContext): string {
  const digest = c.req.param('digest') ?? ''
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new ProblemError('not_found')
  return digest
}

/** By its first bytes: what is served as a picture shall be one. */
function isOfType(bytes: Uint8Array, type: PhotoType): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (type === 'image/jpeg') return head.startsWith('\xff\xd8\xff')
  return head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP'
}
