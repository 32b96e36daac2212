/** Logs an act: one row in the outbox, and nothing else. It never waits for the network. */
import { enqueue } from '../db/outbox.ts'
import type { ActivityClaim } from '../domain/activity.ts'
import type { CommandId } from '../domain/ids.ts'
import type { ActionContext } from './context.ts'

/** The id by which the act can be undone, and by which its record will come. Throws QuotaExceededError when the disk is full. */
export async function recordActivity(context: ActionContext, claim: ActivityClaim): Promise<CommandId> {
  const id = context.newId()
  await enqueue(context.db, { id, kind: 'activity.record', at: context.now(), body: claim })
  return id
}
