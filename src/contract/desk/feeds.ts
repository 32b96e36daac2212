/** The desk's lists of what it has published for everybody, and a warning as it would go out. */
import * as v from 'valibot'
import { alertSchema } from '../alert.ts'
import { occurrenceSchema } from '../events.ts'
import { pageOf } from './page.ts'

export const deskEventsSchema = pageOf(occurrenceSchema)
export const deskAlertsSchema = pageOf(alertSchema)

/** `xml`: the document of CAP 1.2, to the letter but for its time and identifier. */
export const alertPreviewSchema = v.strictObject({ alert: alertSchema, xml: v.string() })
