/** The states in which a person meets a voucher, from its row and the clock. Pure. */
import type { VoucherState } from '../../domain/offers/voucher.ts'

export type ShownVoucherState =
  | 'requested'
  | 'active'
  | 'expired'
  | 'returning'
  | 'used'
  | 'donated'
  | 'returned'
  | 'refunded'
  | 'refused'

/** The backend's word comes with the next sync; the clock alone can already say that it is past. */
export function shownState(
  voucher: { readonly state: VoucherState; readonly expiresAt: number },
  now: number,
  isDonation: boolean,
): ShownVoucherState {
  if (voucher.state === 'used') return isDonation ? 'donated' : 'used'
  if (voucher.state === 'active' && now >= voucher.expiresAt) return 'expired'
  return voucher.state
}

export function isOver(state: ShownVoucherState): boolean {
  return (
    state === 'used' ||
    state === 'donated' ||
    state === 'returned' ||
    state === 'refunded' ||
    state === 'refused'
  )
}
