/** Who stands at a shop's counter: a device that came in by a code, at one branch, as a till or as its manager. */

/** `till` accepts vouchers. `manager` also refunds, and lets devices in and out. */
export type TillRole = 'till' | 'manager'

/** 收银台 2. */
export const TILL_NAME_MAX = 20

/** Who acted, as a record says it. The name stays as it was then. */
export interface ActingTill {
  readonly id: string
  readonly name: string
}
