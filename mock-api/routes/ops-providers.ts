/** The operator's side of services that report: who may, by which keys, what came of it, and the file of a provider without engineers. */
import * as v from 'valibot'
import {
  declarationSchema,
  providerKeySchema,
  providerToPublishSchema,
} from '../../src/contract/providers.ts'
import { REPORT_FILE_BYTES_MAX } from '../../src/domain/evidence/report-file.ts'
import type { Deps } from '../base/deps.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { readBytes, readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { deliverFile } from '../providers/desk.ts'
import { countEvents, readFailedEvents } from '../storage/provider-events.ts'
import { providerParam } from './asking-provider.ts'

/** What an operator looks through in one sitting. */
const FAILED_MAX = 100

export const eventCountsSchema = v.strictObject({
  counts: v.array(
    v.strictObject({
      providerId: v.string(),
      state: v.picklist(['waiting', 'posted', 'dropped', 'failed']),
      count: v.number(),
    }),
  ),
  failed: v.array(
    v.strictObject({
      eventKey: v.string(),
      providerId: v.string(),
      reason: v.nullable(v.string()),
      receivedAt: v.number(),
    }),
  ),
})

export const providerDraftSchema = v.strictObject({
  provider: providerToPublishSchema,
  keys: v.exactOptional(v.pipe(v.array(v.strictObject(providerKeySchema.entries)), v.maxLength(10))),
  declarations: v.exactOptional(v.pipe(v.array(v.strictObject(declarationSchema.entries)), v.maxLength(10))),
})

export async function listEvents(
  c: HttpContext,
  deps: Deps,
): Promise<v.InferOutput<typeof eventCountsSchema>> {
  await requireRole(c, deps, ['admin', 'reviewer'])
  return { counts: await countEvents(deps.db), failed: await readFailedEvents(deps.db, FAILED_MAX) }
}

/** Said again, nothing changes; a key and a declaration that are there stay as they are. */
export async function publishProvider(c: HttpContext, deps: Deps): Promise<void> {
  await requireRole(c, deps, 'admin', { stepUp: true })
  const { provider, keys = [], declarations = [] } = await readJson(c, providerDraftSchema, BODY_BYTES_MAX)
  if (provider.id !== c.req.param('providerId'))
    throw new ProblemError('malformed', { detail: 'provider.id: another than in the address' })
  await deps.providers.publish(provider)
  for (const key of keys) await deps.providers.addKey(provider.id, { ...key, use: 'own' })
  for (const each of declarations) await deps.providers.declare(provider.id, each)
}

/** From now on; what it signed before and was posted stays. */
export async function revokeProviderKeyRoute(c: HttpContext, deps: Deps): Promise<void> {
  await requireRole(c, deps, 'admin', { stepUp: true })
  const provider = await providerParam(c, deps)
  const kid = c.req.param('kid') ?? ''
  if (!provider.keys.some((key) => key.kid === kid)) throw new ProblemError('not_found')
  await deps.providers.revokeKey(kid)
  deps.log('warn', 'provider key revoked', { provider: provider.id })
}

export async function deliverFileRoute(
  c: HttpContext,
  deps: Deps,
): Promise<Awaited<ReturnType<typeof deliverFile>>> {
  await requireRole(c, deps, 'admin', { stepUp: true })
  const provider = await providerParam(c, deps)
  return deliverFile(deps, provider, await readBytes(c.req.raw, REPORT_FILE_BYTES_MAX))
}
