/** What the desk publishes for everybody to read: warnings, and events with their withdrawal. */
import * as v from 'valibot'
import { type AlertDraft, alertDraftSchema } from '../../src/contract/alert.ts'
import {
  type OccurrenceDraft,
  occurrenceDraftSchema,
  withdrawalDraftSchema,
} from '../../src/contract/events.ts'
import type { Alert } from '../../src/domain/taking-part/alert.ts'
import type { Occurrence } from '../../src/domain/taking-part/occurrence.ts'
import type { OfficeAct } from '../base/office-act.ts'
import { publishAlert } from '../feeds/alerts.ts'
import { publishOccurrence, withdrawOccurrenceOf } from '../feeds/events.ts'

/** By the act: said again, it is the same alert. */
export function alertIdOf(actId: string): string {
  return `greentrace-${actId}`
}

export const publishAlertAct: OfficeAct<AlertDraft, Alert> = {
  name: 'alert.publish',
  payload: alertDraftSchema,
  run: (deps, { actId, payload }) => publishAlert(deps, payload, alertIdOf(actId)),
}

export const publishEventAct: OfficeAct<OccurrenceDraft, Occurrence> = {
  name: 'event.publish',
  payload: occurrenceDraftSchema,
  run: (deps, { payload }) => publishOccurrence(deps, payload),
}

const withdrawSchema = v.strictObject({ occurrenceId: v.string(), words: withdrawalDraftSchema })

export const withdrawEventAct: OfficeAct<v.InferOutput<typeof withdrawSchema>, Occurrence> = {
  name: 'event.withdraw',
  payload: withdrawSchema,
  run: (deps, { payload }) => withdrawOccurrenceOf(deps, payload.occurrenceId, payload.words),
}

export const FEED_ACTS: readonly OfficeAct[] = [publishAlertAct, publishEventAct, withdrawEventAct]
