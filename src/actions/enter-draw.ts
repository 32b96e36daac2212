/** Asks to be among those who are drawn from, at the version and the price that the person sees; and to be let go again before the close. */
import { enqueue } from '../db/outbox.ts'
import type { EntryId } from '../domain/offers/draw.ts'
import type { Offer } from '../domain/offers/offer.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

/** The id by which the entry will go. */
export async function enterDraw(context: ActionContext, offer: Offer): Promise<EntryId> {
  const body = { offerId: offer.id, offerVersion: offer.version, pricePoints: offer.pricePoints }
  const command = makeCommand(context, 'draw.enter', body)
  await enqueue(context.db, command)
  return command.id
}

export async function leaveDraw(context: ActionContext, entryId: EntryId): Promise<void> {
  await enqueue(context.db, makeCommand(context, 'draw.leave', { entryId }))
}
