/** Books a pick-up, or calls one off. */
import { enqueue } from '../db/outbox.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { Booking } from '../domain/taking-part/pickup.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function bookPickup(context: ActionContext, booking: Booking): Promise<CommandId> {
  const command = makeCommand(context, 'pickup.book', booking)
  await enqueue(context.db, command)
  return command.id
}

export async function callOffPickup(context: ActionContext, pickupId: CommandId): Promise<void> {
  await enqueue(context.db, makeCommand(context, 'pickup.cancel', { pickupId }))
}
