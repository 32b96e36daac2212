/** Events for everybody, the operator's way to publish one and to call it off, and in the demo the code that would stand on the sign. */
import {
  type EventCode,
  type OccurrencesAnswer,
  occurrenceDraftSchema,
  withdrawalDraftSchema,
} from '../../src/contract/events.ts'
import { WIRE } from '../../src/contract/wire.ts'
import type { Occurrence } from '../../src/domain/taking-part/occurrence.ts'
import type { Deps } from '../base/deps.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { actInOffice } from '../book/act-in-office.ts'
import { publishEventAct, withdrawEventAct } from '../desk/feed-acts.ts'
import { codeOf, findEvent, occurrencesOf } from '../feeds/events.ts'
import { readJson } from '../http/body.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { wireOf } from '../http/wire.ts'
import { requireCities } from './desk/cities.ts'
import { cityParam } from './public.ts'

export async function readCityEvents(c: HttpContext, deps: Deps): Promise<OccurrencesAnswer> {
  // Apps of before wire 2 cannot read an answer with a member that they do not know.
  return occurrencesOf(deps, cityParam(c), { tellsWithdrawn: wireOf(c) >= WIRE })
}

export async function publishEventRoute(c: HttpContext, deps: Deps): Promise<Occurrence> {
  const operator = await requireRole(c, deps, 'catalog', { stepUp: true })
  const payload = await readJson(c, occurrenceDraftSchema, BODY_BYTES_MAX)
  const { city } = payload
  const there = payload.id === undefined ? undefined : await findEvent(deps, payload.id)
  requireCities(c, deps, operator, { role: 'catalog', cities: there ? [city, there.city] : [city] })
  if (there?.withdrawn)
    throw new ProblemError('malformed', { detail: `id: ${there.id} was withdrawn, publish it under another` })
  const subject = `event ${payload.id ?? `${payload.eventId} ${payload.fromDay}`}`
  return actInOffice(deps, operator, { act: publishEventAct, city, subject, payload })
}

export async function withdrawEventRoute(c: HttpContext, deps: Deps): Promise<Occurrence> {
  const operator = await requireRole(c, deps, 'catalog', { stepUp: true })
  const words = await readJson(c, withdrawalDraftSchema, BODY_BYTES_MAX)
  const event = await findEvent(deps, c.req.param('occurrenceId') ?? '')
  if (!event) throw new ProblemError('not_found')
  const { id: occurrenceId, city } = event
  requireCities(c, deps, operator, { role: 'catalog', cities: [city] })
  const subject = `event ${occurrenceId}`
  return actInOffice(deps, operator, {
    act: withdrawEventAct,
    city,
    subject,
    payload: { occurrenceId, words },
  })
}

/** Whoever tries the demo stands at no sign. */
export async function readDemoEventCode(c: HttpContext, deps: Deps): Promise<EventCode> {
  const isOpen = deps.config.demo && isLocal(c, deps.config)
  const code = isOpen ? await codeOf(deps, c.req.param('occurrenceId') ?? '') : undefined
  if (code === undefined) throw new ProblemError('not_found')
  return { code }
}
