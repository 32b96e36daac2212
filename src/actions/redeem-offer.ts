/** Asks for a voucher, at the version and the price that the person sees. The points are held by the backend, which also signs the voucher. */
import { enqueue } from '../db/outbox.ts'
import type { VoucherId } from '../domain/base/ids.ts'
import type { Offer } from '../domain/offers/offer.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

/** The id by which the voucher will go. */
export async function redeemOffer(context: ActionContext, offer: Offer): Promise<VoucherId> {
  const body = { offerId: offer.id, offerVersion: offer.version, pricePoints: offer.pricePoints }
  const command = makeCommand(context, 'voucher.redeem', body)
  await enqueue(context.db, command)
  return command.id
}
