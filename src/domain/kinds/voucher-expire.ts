/** A voucher that was not used in time. Until a shop that was offline has had its time to tell, its points stay held. */
import type { VoucherId } from '../base/ids.ts'
import type { Step } from '../ledger/step.ts'
import { endVoucher, type OpenVoucher, SETTLEMENT_WINDOW_MS } from '../offers/voucher.ts'
import { noDays, type StepRules } from './kind.ts'

export const voucherExpire: StepRules = {
  needs: noDays,
  post(ledger, _body, detail) {
    endVoucher(ledger.vouchers, detail, ({ expiresAt }) => expiresAt)
  },
}

export function expireStep(id: VoucherId, { expiresAt }: OpenVoucher): Step {
  const returnsAt = expiresAt + SETTLEMENT_WINDOW_MS
  return { id: `voucher.expire:${id}`, kind: 'voucher.expire', transfers: [], about: id, returnsAt }
}
