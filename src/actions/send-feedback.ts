/** A word to the city on one of its measures, or on its climate work at large. */
import { enqueue } from '../db/outbox.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { CommandBodies } from '../domain/ledger/command.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function sendFeedback(
  context: ActionContext,
  body: CommandBodies['feedback.send'],
): Promise<CommandId> {
  const command = makeCommand(context, 'feedback.send', body)
  await enqueue(context.db, command)
  return command.id
}
