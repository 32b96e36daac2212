/** Asks for a second look at a verdict, in the person's own words. */
import { enqueue } from '../db/outbox.ts'
import type { ActivityId, CommandId } from '../domain/ids.ts'
import type { ActionContext } from './context.ts'

export async function appealActivity(
  context: ActionContext,
  body: { activityId: ActivityId; note: string },
): Promise<CommandId> {
  const id = context.newId()
  await enqueue(context.db, { id, kind: 'activity.appeal', at: context.now(), body })
  return id
}
