/** In the journal of who receives donations: somebody gave. */
import { takeIn } from '../offers/takings.ts'
import { noDays, type StepRules } from './kind.ts'

export const donationReceive: StepRules = {
  needs: noDays,
  post(ledger, body, { donation }) {
    if (donation) ledger.takings = takeIn(ledger.takings, body, { fen: donation.valueFen })
  },
}

/** One a voucher, so that it is given once. */
export function donationIdOf(voucherId: string): string {
  return `donation.receive:${voucherId}`
}
