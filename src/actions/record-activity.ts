/** Logs an act: one row in the outbox, and nothing else. It never waits for the network. */
import { enqueue } from '../db/outbox.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { ActivityClaim } from '../domain/evidence/activity.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

/** The id by which the act can be undone, and by which its record will come. Throws QuotaExceededError when the disk is full. */
export async function recordActivity(context: ActionContext, claim: ActivityClaim): Promise<CommandId> {
  const command = makeCommand(context, 'activity.record', claim)
  await enqueue(context.db, command)
  return command.id
}
