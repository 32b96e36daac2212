/** What a provider reports of one act of a person who has linked it. A provider states; what it is worth, the backend decides. */

import type { ActivityId } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'
import type { ActivityClaim, Evidence } from './activity.ts'

/** Named by the provider, by whose name for it. */
type ProvidedClaim = ActivityClaim & { readonly evidence: Extract<Evidence, { trust: 'provider' }> }

/** What a provider knows a person by: made for it alone. */
export const HANDLE_PATTERN = /^[0-9a-f]{32}$/
/** A provider's name for an act or a message: printable, and without the characters that logs and tables are parted by. */
export const REPORT_NAME = /^[\x21-\x7e]+$/
export const REPORT_NAME_MAX = 128
/** In the smallest unit: a thousand tons, a million kilometres. */
export const QUANTITY_MAX = 1_000_000_000

/** What the record of a report keeps: enough to check it, to decide it anew, and to find it again. */
export interface ReportFacts {
  readonly provider: string
  /** The provider's name for this message. */
  readonly jti: string
  /** The signed token, word for word. */
  readonly token: string
  /** The provider's name for the act: the same in each correction. */
  readonly reference: string
  /** Of the act, for other platforms: see `proof/act-ids.ts`. */
  readonly claimId: string
  /** When the provider signed it. */
  readonly iat: Instant
  readonly consentId: string
  /** Read from the token. Absent where the provider takes the act back. */
  readonly claim?: ProvidedClaim
}

/** A report whose signature and shape hold, for an account to decide on. */
export interface Report extends ReportFacts {
  readonly claim: ProvidedClaim
  /** A declaration in force says who may claim these grams. */
  readonly hasRights: boolean
}

/**
 * A later report on the same reference, with the act's claim as it is by now: how much it was and until when, never another kind or beginning,
 * since another act is another report. Without a claim the provider takes the act back.
 */
export interface Correction extends ReportFacts {
  readonly activityId: ActivityId
  readonly hasRights: boolean
}
