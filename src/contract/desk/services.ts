/** Services that report, at the desk: who may, by which keys, what came of their reports, and what somebody should look at. */
import * as v from 'valibot'
import { providerSchema } from '../providers.ts'
import { pageOf } from './page.ts'

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

const SERVICE_ALARMS = ['no_key', 'key_ends', 'undeclared', 'failing'] as const

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const servicesSchema = pageOf(
  v.strictObject({
    provider: providerSchema,
    counts: v.strictObject({ posted: count, waiting: count, dropped: count, failed: count }),
    alarms: v.array(v.picklist(SERVICE_ALARMS)),
  }),
)

export type DeskService = v.InferOutput<typeof servicesSchema>['rows'][number]
export type ServiceAlarm = (typeof SERVICE_ALARMS)[number]
