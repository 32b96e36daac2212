/** Says against the use of a voucher that it was not the holder who used it, or that they got nothing for it. A person decides. */
import { enqueue } from '../db/outbox.ts'
import type { VoucherId } from '../domain/base/ids.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function disputeVoucher(
  context: ActionContext,
  dispute: { readonly voucherId: VoucherId; readonly note: string },
): Promise<void> {
  await enqueue(context.db, makeCommand(context, 'voucher.dispute', dispute))
}
