/** A draw entered: the points of its price are held until it has come out, or until the person leaves it again. */
import type { OfferId } from '../base/ids.ts'
import type { Month } from '../base/time.ts'
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { takeOldestFirst } from '../ledger/lot.ts'
import { setProlonged, takeProlonged, withoutParts } from '../ledger/prolonged.ts'
import { balanceOf } from '../ledger/transfer.ts'
import { drawPhase, type EntryId, type OpenEntry } from '../offers/draw.ts'
import { valueLimitReached } from '../offers/value-limits.ts'
import { OPEN_VOUCHERS_MAX } from '../offers/voucher.ts'
import { type CommandRules, noDays } from './kind.ts'

export const drawEnter: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, body, detail) {
    const { entry } = detail
    if (!entry?.offer.draw) return
    const taken = body.transfers
      .filter((t) => t.asset === 'points' && t.credit === 'held')
      .map((t) => ({ month: t.lot as Month, points: t.amount }))
    const parts = takeProlonged(ledger.prolonged, taken)
    if (ledger.prolonged) setProlonged(ledger, withoutParts(ledger.prolonged, parts))
    const open: OpenEntry = {
      offerId: entry.offerId as OfferId,
      offerVersion: entry.offerVersion,
      merchantId: entry.offer.merchantId,
      pricePoints: entry.pricePoints,
      valueFen: entry.offer.valueFen,
      closesAt: entry.offer.draw.closesAt,
      parts,
    }
    ledger.entries = { ...ledger.entries, [body.id]: open }
  },
}

export function decideEntry(command: CommandOf<'draw.enter'>, ledger: Ledger, world: World): Decision {
  const { offerId, offerVersion, pricePoints } = command.body
  const offer = world.offer(offerId)
  if (!offer?.draw || offer.release !== 'draw') return refuse('offer_unknown')
  if (offer.version !== offerVersion || offer.pricePoints !== pricePoints)
    return refuse('price_changed', { price: offer.pricePoints })
  if (drawPhase(offer.draw, world.now) !== 'open') return refuse('draw_not_open')
  const mine = Object.values(ledger.entries ?? {})
  if (mine.some((each) => each.offerId === offerId && each.offerVersion === offerVersion))
    return refuse('draw_entered')
  if ((ledger.bought[offerId] ?? 0) >= offer.perPersonMax)
    return refuse('person_limit', { limit: offer.perPersonMax })
  const limited = valueLimitReached(offer, ledger, world.now)
  if (limited) return refuse(limited.code, limited.numbers)
  if (Object.keys(ledger.vouchers).length + mine.length >= OPEN_VOUCHERS_MAX)
    return refuse('too_many_vouchers', { limit: OPEN_VOUCHERS_MAX })
  const available = balanceOf(ledger.balances, 'points', 'available')
  if (available < pricePoints) return refuse('points_not_enough', { available, price: pricePoints })
  if (world.entry) return refuse(world.entry)
  return {
    outcome: 'accepted',
    reasons: [],
    transfers: takeOldestFirst(ledger.lots, pricePoints).map(({ month, points }) => ({
      asset: 'points',
      debit: 'available',
      credit: 'held',
      amount: points,
      lot: month,
    })),
    entry: { offerId, offerVersion, pricePoints, offer },
  }
}

/** It is over for this account. */
export function dropEntry(ledger: Ledger, id: string | undefined): OpenEntry | undefined {
  const { [id as EntryId]: entry, ...others } = ledger.entries ?? {}
  if (Object.keys(others).length > 0) ledger.entries = others
  else delete ledger.entries
  return entry
}
