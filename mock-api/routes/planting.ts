/** Days of planting for everybody, their holder's way to publish and change one, and in the demo a holder that says who came. */
import * as v from 'valibot'
import { demoPlantingSchema, type PlantingDays, plantingDraftSchema } from '../../src/contract/planting.ts'
import { slug } from '../../src/contract/slug.ts'
import { askedIn, openDetail } from '../../src/domain/ledger/open-record.ts'
import { type PlantingDay, plantingReference } from '../../src/domain/taking-part/planting.ts'
import type { Deps } from '../base/deps.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { readLiving } from '../book/append.ts'
import { tellSignUps } from '../book/sign-ups.ts'
import { sampleKey, sampleProvider } from '../demo/sample-providers.ts'
import { drawAct } from '../demo/simulated-act.ts'
import { signAbsence, signAct } from '../demo/simulated-report.ts'
import { readJson } from '../http/body.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { accountParam, requireSession } from '../http/session.ts'
import { acceptSets } from '../providers/accept-sets.ts'
import { readRecordOf } from '../storage/records.ts'
import { readSignUp } from '../storage/sign-ups.ts'
import { requireProvider } from './asking-provider.ts'
import { plantingDaysOf, publishPlantingDay } from './planting-days.ts'
import { cityParam } from './public.ts'

export async function readCityPlanting(c: HttpContext, deps: Deps): Promise<PlantingDays> {
  return plantingDaysOf(deps, cityParam(c))
}

/** Whoever signed up is told at once; whom a crash leaves out, the sweeper tells. */
export async function publishPlantingRoute(c: HttpContext, deps: Deps): Promise<PlantingDay> {
  const provider = await requireProvider(c, deps)
  const id = c.req.param('dayId') ?? ''
  if (!v.is(slug, id)) throw new ProblemError('not_found')
  const draft = await readJson(c, plantingDraftSchema, BODY_BYTES_MAX)
  const day = await publishPlantingDay(deps, provider, { id, draft })
  await tellSignUps(deps)
  return day
}

/** The simulated holder says at once what it would say after the day. */
export async function plantingSimulated(c: HttpContext, deps: Deps): Promise<void> {
  const accountId = accountParam(c)
  await requireSession(c, deps, accountId)
  const { came } = await readJson(c, demoPlantingSchema, BODY_BYTES_MAX)
  await readLiving(deps.db, accountId)
  const joinId = c.req.param('joinId') ?? ''
  const row = await readSignUp(deps.db, accountId, joinId)
  const record = row && (await readRecordOf(deps.db, accountId, joinId))
  const detail = openDetail(record?.detail)
  const city = detail?.planting?.city
  const sample = row && sampleProvider(row.providerId)
  const provider = row && (await deps.providers.all()).get(row.providerId)
  const isOpen = deps.config.demo && isLocal(c, deps.config) && row?.isOver === false
  if (!isOpen || !askedIn('planting.join', detail) || !city || !sample || !provider)
    throw new ProblemError('not_found')
  const { signing: key } = await sampleKey(deps.secret, sample.provider.id)
  const speaker = { sample, audience: deps.config.audience, key, now: deps.now() }
  const { handle } = row
  const reference = plantingReference(joinId)
  const act = drawAct(sample.acts, reference, { before: deps.now(), days: 0 })
  const token = came
    ? await signAct(speaker, { handle, reference, city, act })
    : await signAbsence(speaker, { handle, signUp: joinId })
  await acceptSets(deps, provider, [{ token }])
}
