/** An operator has decided on what a holder said against the use of their voucher. What was upheld, the shop gives back. */
import { noDays, postNothing, type StepRules } from './kind.ts'

export const disputeDecide: StepRules = { needs: noDays, post: postNothing }

/** One a voucher: it can be disputed once. */
export function disputeDecisionId(voucherId: string): string {
  return `dispute.decide:${voucherId}`
}
