/** What a voucher page shows, from the voucher, its request and what is waiting about it. Undefined while nothing is known. Pure. */
import { type ShownVoucherState, shownState } from '../../components/voucher/voucher-face.ts'
import type { VoucherRow } from '../../stores/entry-details.ts'

export function voucherState(known: {
  voucher: VoucherRow | undefined
  hasRequest: boolean
  isRefused: boolean
  /** A return was asked for: from the tap on it must not be shown at a counter any more. */
  isCancelling: boolean
  isDonation: boolean
  now: number
}): ShownVoucherState | undefined {
  const { voucher, hasRequest, isRefused, isCancelling, isDonation, now } = known
  if (voucher) {
    const state = shownState(voucher, now, isDonation)
    return isCancelling && state === 'active' ? 'returning' : state
  }
  if (isRefused) return 'refused'
  return hasRequest ? 'requested' : undefined
}
