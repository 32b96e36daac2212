/** Events for everybody, the operator's way to publish one, and in the demo the code that would stand on the sign. */
import { type EventCode, type OccurrencesAnswer, occurrenceDraftSchema } from '../../src/contract/events.ts'
import type { Occurrence } from '../../src/domain/occurrence.ts'
import type { Deps } from '../deps.ts'
import { codeOf, occurrencesOf, publishOccurrence } from '../feeds/events.ts'
import { readJson } from '../http/body.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { requireOperator } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { BODY_BYTES_MAX } from '../limits.ts'
import { cityParam } from './public.ts'

export async function readCityEvents(c: HttpContext, deps: Deps): Promise<OccurrencesAnswer> {
  return occurrencesOf(deps, cityParam(c))
}

export async function publishEventRoute(c: HttpContext, deps: Deps): Promise<Occurrence> {
  requireOperator(c, deps)
  return publishOccurrence(deps, await readJson(c, occurrenceDraftSchema, BODY_BYTES_MAX))
}

/** Whoever tries the demo stands at no sign. */
export async function readDemoEventCode(c: HttpContext, deps: Deps): Promise<EventCode> {
  const isOpen = deps.config.demo && isLocal(c, deps.config)
  const code = isOpen ? await codeOf(deps, c.req.param('occurrenceId') ?? '') : undefined
  if (code === undefined) throw new ProblemError('not_found')
  return { code }
}
