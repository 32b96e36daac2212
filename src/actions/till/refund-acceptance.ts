/** A manager takes back what was accepted: the points go back to whoever paid with them. One row; the backend decides. */
import { enqueue } from '../../db/outbox.ts'
import type { CommandId } from '../../domain/base/ids.ts'
import type { ActionContext } from '../context.ts'
import { makeCommand } from '../make-command.ts'

export async function refundAcceptance(
  context: ActionContext,
  refund: { readonly acceptanceId: CommandId; readonly note: string },
): Promise<void> {
  await enqueue(context.db, makeCommand(context, 'voucher.refund', refund))
}
