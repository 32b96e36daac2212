/** Somebody whom the account's owner lets log for them, from elsewhere: they record acts and take their own back, and see nothing of the account. */

import type { CommandId } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'

/** The id of the invitation. */
export type HelperId = CommandId

export interface Helper {
  /** As the owner calls them: stands beside each act that they log. */
  readonly name: string
  /** By the record, on the backend's clock. */
  readonly invitedAt: Instant
}

/** Children, a neighbour, the one who looks in: more hands than that are no family any more. */
export const HELPERS_MAX = 5
export const HELPER_NAME_MAX = 20
/** Commands that a helper sends at a time. */
export const HELPER_BATCH_MAX = 20

/** Who acted, as a record says it. The name stays as it was then. */
export interface ActingHelper {
  readonly id: HelperId
  readonly name: string
}
