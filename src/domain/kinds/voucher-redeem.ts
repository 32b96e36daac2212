/** A wish for what an offer promises: points are held for it, or given at once where it is a donation. */

import type { OfferId, VoucherId } from '../base/ids.ts'
import type { Month } from '../base/time.ts'
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { takeOldestFirst } from '../ledger/lot.ts'
import { setProlonged, takeProlonged, withoutParts } from '../ledger/prolonged.ts'
import type { RecordBody, RecordDetail } from '../ledger/record.ts'
import { balanceOf } from '../ledger/transfer.ts'
import { offerEndsAt } from '../offers/offer.ts'
import { addFen, valueLimitReached } from '../offers/value-limits.ts'
import { OPEN_VOUCHERS_MAX, type OpenVoucher, voucherExpiry } from '../offers/voucher.ts'
import { type CommandRules, noDays } from './kind.ts'

export const voucherRedeem: CommandRules = {
  owner: 'account',
  needs: noDays,
  post: rememberVoucher,
}

export function decideRedemption(
  command: CommandOf<'voucher.redeem'>,
  ledger: Ledger,
  world: World,
): Decision {
  const { offerId, offerVersion, pricePoints } = command.body
  const offer = world.offer(offerId)
  if (!offer) return refuse('offer_unknown')
  if (offer.release === 'draw') return refuse('draw_only')
  if (world.now >= offerEndsAt(offer)) return refuse('offer_ended')
  if (offer.version !== offerVersion || offer.pricePoints !== pricePoints) {
    return refuse('price_changed', { price: offer.pricePoints })
  }
  if ((ledger.bought[offerId] ?? 0) >= offer.perPersonMax)
    return refuse('person_limit', { limit: offer.perPersonMax })
  const limited = valueLimitReached(offer, ledger, world.now)
  if (limited) return refuse(limited.code, limited.numbers)
  if (Object.keys(ledger.vouchers).length >= OPEN_VOUCHERS_MAX)
    return refuse('too_many_vouchers', { limit: OPEN_VOUCHERS_MAX })
  const available = balanceOf(ledger.balances, 'points', 'available')
  if (available < pricePoints) return refuse('points_not_enough', { available, price: pricePoints })
  const shortage = world.stock?.(offerId)
  if (shortage) return refuse(shortage)
  const credit = offer.category === 'donation' ? 'merchant' : 'held'
  return {
    outcome: 'accepted',
    reasons: [],
    transfers: takeOldestFirst(ledger.lots, pricePoints).map(({ month, points }) => ({
      asset: 'points',
      debit: 'available',
      credit,
      amount: points,
      lot: month,
    })),
    voucher: {
      offerId,
      offerVersion,
      pricePoints,
      merchantId: offer.merchantId,
      expiresAt: voucherExpiry(offer, world.now),
      offer,
    },
  }
}

function rememberVoucher(ledger: Ledger, body: RecordBody, detail: RecordDetail): void {
  const { voucher } = detail
  if (!voucher) return
  const offerId = voucher.offerId as OfferId
  ledger.bought[offerId] = (ledger.bought[offerId] ?? 0) + 1
  addFen(ledger, voucher.offer.valueFen, body.at)
  const taken = body.transfers
    .filter((t) => t.asset === 'points' && t.debit === 'available' && t.credit === 'held')
    .map((t) => ({ month: t.lot as Month, points: t.amount }))
  if (taken.length === 0) return // a donation is settled at once
  const parts = takeProlonged(ledger.prolonged, taken)
  if (ledger.prolonged) setProlonged(ledger, withoutParts(ledger.prolonged, parts))
  ledger.vouchers[body.id as VoucherId] = {
    offerId,
    merchantId: voucher.merchantId as OpenVoucher['merchantId'],
    pricePoints: voucher.pricePoints,
    valueFen: voucher.offer.valueFen,
    issuedAt: body.at,
    expiresAt: voucher.expiresAt,
    parts,
  }
}
