/** Gives a voucher back. Its points return when the settlement window has passed without a shop that had accepted it offline. */
import { enqueue } from '../db/outbox.ts'
import type { VoucherId } from '../domain/ids.ts'
import type { ActionContext } from './context.ts'

export async function cancelVoucher(context: ActionContext, voucherId: VoucherId): Promise<void> {
  await enqueue(context.db, {
    id: context.newId(),
    kind: 'voucher.cancel',
    at: context.now(),
    body: { voucherId },
  })
}
