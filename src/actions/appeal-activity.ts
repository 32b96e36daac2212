/** Asks for a second look at a verdict, in the person's own words. */
import { enqueue } from '../db/outbox.ts'
import type { ActivityId, CommandId } from '../domain/base/ids.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function appealActivity(
  context: ActionContext,
  body: { activityId: ActivityId; note: string },
): Promise<CommandId> {
  const command = makeCommand(context, 'activity.appeal', body)
  await enqueue(context.db, command)
  return command.id
}
