/** The operator's side of services that report: who may, by which keys, what came of it, and the file of a provider without engineers. */
import type * as v from 'valibot'
import type { eventCountsSchema } from '../../src/contract/desk/services.ts'
import { providerDraftSchema } from '../../src/contract/providers.ts'
import { REPORT_FILE_BYTES_MAX } from '../../src/domain/evidence/report-file.ts'
import type { Deps } from '../base/deps.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { actInOffice } from '../book/act-in-office.ts'
import { actOrPropose, type Proposed } from '../book/proposals.ts'
import {
  type Delivered,
  deliverFileAct,
  publishProviderAct,
  revokeProviderKeyAct,
} from '../desk/provider-acts.ts'
import { readBytes, readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { countEvents, readFailedEvents } from '../storage/provider-events.ts'
import { providerParam } from './asking-provider.ts'

/** What an operator looks through in one sitting. */
const FAILED_MAX = 100

export async function listEvents(
  c: HttpContext,
  deps: Deps,
): Promise<v.InferOutput<typeof eventCountsSchema>> {
  await requireRole(c, deps, ['admin', 'reviewer'])
  return { counts: await countEvents(deps.db), failed: await readFailedEvents(deps.db, FAILED_MAX) }
}

/** Two agree on it. Said again, nothing changes; a key and a declaration that are there stay as they are. */
export async function publishProvider(c: HttpContext, deps: Deps): Promise<Partial<Proposed>> {
  const operator = await requireRole(c, deps, 'admin', { stepUp: true })
  const payload = await readJson(c, providerDraftSchema, BODY_BYTES_MAX)
  const { id } = payload.provider
  if (id !== c.req.param('providerId'))
    throw new ProblemError('malformed', { detail: 'provider.id: another than in the address' })
  const made = await actOrPropose(deps, operator, {
    ...{ act: publishProviderAct, subject: `provider ${id}`, payload },
  })
  return 'proposed' in made ? made.proposed : {}
}

/** From now on, by one alone: a key that leaked waits for nobody. What it signed before and was posted stays. */
export async function revokeProviderKeyRoute(c: HttpContext, deps: Deps): Promise<void> {
  const operator = await requireRole(c, deps, 'admin', { stepUp: true })
  const provider = await providerParam(c, deps)
  const kid = c.req.param('kid') ?? ''
  if (!provider.keys.some((key) => key.kid === kid)) throw new ProblemError('not_found')
  const subject = `provider ${provider.id}`
  await actInOffice(deps, operator, { act: revokeProviderKeyAct, subject, payload: { kid } })
  deps.log('warn', 'provider key revoked', { provider: provider.id })
}

export async function deliverFileRoute(c: HttpContext, deps: Deps): Promise<Delivered> {
  const operator = await requireRole(c, deps, 'admin', { stepUp: true })
  const { id: providerId } = await providerParam(c, deps)
  const bytes = await readBytes(c.req.raw, REPORT_FILE_BYTES_MAX)
  return actInOffice(deps, operator, {
    ...{ act: deliverFileAct, subject: `provider ${providerId}` },
    payload: { providerId, file: Buffer.from(bytes).toString('base64') },
  })
}
