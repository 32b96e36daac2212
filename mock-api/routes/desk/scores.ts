/** The route of a score. Whoever nominated, in whatever browser of theirs, does not score it. */
import { type Scored, scoreDraftSchema } from '../../../src/contract/desk/voices.ts'
import { isUuid } from '../../../src/domain/base/ids.ts'
import { isFinal } from '../../../src/domain/taking-part/voice.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX } from '../../base/limits.ts'
import { actInOffice } from '../../book/act-in-office.ts'
import { scoreAct } from '../../desk/voice-acts.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireRole } from '../../http/operator.ts'
import { ProblemError } from '../../http/problem.ts'
import { accountParam, cookieSession } from '../../http/session.ts'
import { readScores } from '../../storage/voice-scores.ts'
import { readVoice } from '../../storage/voices.ts'
import { cityOf } from '../ops.ts'

export async function scoreRoute(c: HttpContext, deps: Deps): Promise<Scored> {
  const accountId = accountParam(c)
  const voiceId = c.req.param('voiceId') ?? ''
  const city = await cityOf(deps, { accountId })
  const operator = await requireRole(c, deps, 'reviewer', city)
  if (!isUuid(voiceId)) throw new ProblemError('not_found')
  const draft = await readJson(c, scoreDraftSchema, BODY_BYTES_MAX)
  const voice = await readVoice(deps.db, accountId, voiceId)
  if (voice?.kind !== 'case.nominate') throw new ProblemError('not_found')
  if (await cookieSession(c, deps, accountId)) {
    deps.log('warn', 'own nomination not scored', { operator: operator.operatorId })
    throw new ProblemError('not_allowed', { detail: 'isFree: it was nominated from this browser' })
  }
  const before = await readScores(deps.db, [voice])
  if (before.some(({ operatorId }) => operatorId === operator.operatorId))
    throw new ProblemError('already_decided', { detail: 'scores: you have scored it' })
  if (voice.state !== 'received' && isFinal(voice.state)) throw new ProblemError('already_decided')
  const subject = `nomination ${accountId} ${voiceId}`
  const payload = { accountId, voiceId, ...draft }
  return actInOffice(deps, operator, { act: scoreAct, subject, payload, ...city })
}
