/** Lets somebody log for the account, or ends it. The code by which they come in is asked for apart, when both sides are at their phones. */
import { enqueue, forgetUnsent } from '../db/outbox.ts'
import type { HelperId } from '../domain/ledger/helping.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function inviteHelper(context: ActionContext, name: string): Promise<HelperId> {
  const command = makeCommand(context, 'helper.invite', { name })
  await enqueue(context.db, command)
  return command.id
}

/** `forgotten`: the invitation never left the phone. */
export async function revokeHelper(
  context: ActionContext,
  helperId: HelperId,
): Promise<'forgotten' | 'asked'> {
  if (await forgetUnsent(context.db, helperId)) return 'forgotten'
  await enqueue(context.db, makeCommand(context, 'helper.revoke', { helperId }))
  return 'asked'
}
