/** What waits at the desk, counted: for cities of whoever asks. */
import * as v from 'valibot'
import { instant } from '../command.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const waitingSchema = v.strictObject({
  appeals: count,
  reviews: count,
  feedback: count,
  nominations: count,
  /** Since when the oldest of these has waited. */
  oldestAt: v.exactOptional(instant),
  /** That others have to decide, not more than a page of them. */
  proposals: count,
  failedReports: count,
  /** Offers of which less than a tenth of the pieces or of the money is left. */
  scarceOffers: count,
})

export type Waiting = v.InferOutput<typeof waitingSchema>
