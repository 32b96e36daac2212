/** Gives a voucher back. Its points return when the settlement window has passed without a shop that had accepted it offline. */
import { enqueue } from '../db/outbox.ts'
import type { VoucherId } from '../domain/base/ids.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function cancelVoucher(context: ActionContext, voucherId: VoucherId): Promise<void> {
  await enqueue(context.db, makeCommand(context, 'voucher.cancel', { voucherId }))
}
