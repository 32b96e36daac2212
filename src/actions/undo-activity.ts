/** Takes an act back: without a trace while it never left the phone, by a command of its own afterwards. */
import { enqueue, forgetUnsent } from '../db/outbox.ts'
import type { ActivityId } from '../domain/base/ids.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function undoActivity(
  context: ActionContext,
  activityId: ActivityId,
): Promise<'forgotten' | 'asked'> {
  if (await forgetUnsent(context.db, activityId)) return 'forgotten'
  await enqueue(context.db, makeCommand(context, 'activity.withdraw', { activityId }))
  return 'asked'
}
