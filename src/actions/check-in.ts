/** Checks in to an event with the code on its sign. Without a network it is kept with its time; the backend checks the code later. */
import { enqueue } from '../db/outbox.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function checkIn(
  context: ActionContext,
  body: { occurrenceId: string; code: string },
): Promise<CommandId> {
  const command = makeCommand(context, 'event.check-in', body)
  await enqueue(context.db, command)
  return command.id
}
