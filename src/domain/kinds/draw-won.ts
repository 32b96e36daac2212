/** A draw came out with a piece for this entry: the held points become a voucher, which goes by this record's id. */
import type { VoucherId } from '../base/ids.ts'
import { addFen } from '../offers/value-limits.ts'
import { dropEntry } from './draw-enter.ts'
import { noDays, type StepRules } from './kind.ts'

export const drawWon: StepRules = {
  needs: noDays,
  post(ledger, body, detail) {
    const entry = dropEntry(ledger, detail.about)
    if (!entry || !detail.voucher) return
    const { offerId, merchantId, pricePoints, valueFen, parts } = entry
    ledger.bought[offerId] = (ledger.bought[offerId] ?? 0) + 1
    addFen(ledger, valueFen, body.at)
    ledger.vouchers[body.id as VoucherId] = {
      offerId,
      merchantId,
      pricePoints,
      valueFen,
      issuedAt: body.at,
      expiresAt: detail.voucher.expiresAt,
      parts,
    }
  },
}
