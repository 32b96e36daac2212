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
import { codeOf, occurrencesOf, publishOccurrence, withdrawOccurrenceOf } from '../feeds/events.ts'
import { readJson } from '../http/body.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { wireOf } from '../http/wire.ts'
import { cityParam } from './public.ts'

export async function readCityEvents(c: HttpContext, deps: Deps): Promise<OccurrencesAnswer> {
  // Apps of before wire 2 cannot read an answer with a member that they do not know.
  return occurrencesOf(deps, cityParam(c), { tellsWithdrawn: wireOf(c) >= WIRE })
}

export async function publishEventRoute(c: HttpContext, deps: Deps): Promise<Occurrence> {
  await requireRole(c, deps, 'catalog')
  return publishOccurrence(deps, await readJson(c, occurrenceDraftSchema, BODY_BYTES_MAX))
}

export async function withdrawEventRoute(c: HttpContext, deps: Deps): Promise<Occurrence> {
  await requireRole(c, deps, 'catalog')
  const words = await readJson(c, withdrawalDraftSchema, BODY_BYTES_MAX)
  return withdrawOccurrenceOf(deps, c.req.param('occurrenceId') ?? '', words)
}

/** Whoever tries the demo stands at no sign. */
export async function readDemoEventCode(c: HttpContext, deps: Deps): Promise<EventCode> {
  const isOpen = deps.config.demo && isLocal(c, deps.config)
  const code = isOpen ? await codeOf(deps, c.req.param('occurrenceId') ?? '') : undefined
  if (code === undefined) throw new ProblemError('not_found')
  return { code }
}
