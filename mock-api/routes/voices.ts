/** Citizens' words to the city: the operator's page of all of them, and the photos of nominations and appeals for their owner and the operator. */
import * as v from 'valibot'
import { textOf } from '../../src/contract/plain-text.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { PHOTO_BYTES_MAX, type PhotoType, VOICE_STATES } from '../../src/domain/taking-part/voice.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { answerVoice, type VoiceAnswer } from '../book/answer-voice.ts'
import { readLiving } from '../book/append.ts'
import { readBytes, readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { accountParam, requireSession } from '../http/session.ts'
import { readPhoto, readPhotoType, writePhoto } from '../storage/photos.ts'
import { readRecordOf } from '../storage/records.ts'
import { readOpenVoices } from '../storage/voices.ts'

/** What an operator reads in one sitting; the rest follows when these are answered. */
const VOICES_MAX = 100
const NOTE_MAX = 1000

export const voiceAnswerSchema = v.strictObject({
  state: v.picklist(VOICE_STATES),
  note: v.exactOptional(textOf(NOTE_MAX)),
})

export const openVoicesSchema = v.strictObject({
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
    }),
  ),
})

type OpenVoices = v.InferOutput<typeof openVoicesSchema>

export async function listVoices(c: HttpContext, deps: Deps): Promise<OpenVoices> {
  await requireRole(c, deps, 'reviewer')
  const voices: OpenVoices['voices'] = []
  for (const { answers: _answers, ...row } of await readOpenVoices(deps.db, VOICES_MAX)) {
    const record = await readRecordOf(deps.db, row.accountId, row.voiceId)
    const command = openDetail(record?.detail)?.command
    voices.push({ ...row, ...(command === undefined ? {} : { command }) })
  }
  return { voices }
}

export async function answerVoiceRoute(c: HttpContext, deps: Deps): Promise<VoiceAnswer> {
  await requireRole(c, deps, 'reviewer')
  const voiceId = c.req.param('voiceId') ?? ''
  if (!isUuid(voiceId)) throw new ProblemError('not_found')
  const answer = await readJson(c, voiceAnswerSchema, BODY_BYTES_MAX)
  return answerVoice(deps, accountParam(c), { voiceId, answer })
}

export async function showVoicePhoto(c: HttpContext, deps: Deps): Promise<Response> {
  await requireRole(c, deps, 'reviewer')
  return photoAnswer(deps, accountParam(c), digestParam(c))
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
