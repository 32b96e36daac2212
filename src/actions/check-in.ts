/** Checks in to an event with the code on its sign. Without a network it is kept with its time; the backend checks the code later. */
import { enqueue } from '../db/outbox.ts'
import type { CommandId } from '../domain/ids.ts'
import type { ActionContext } from './context.ts'

export async function checkIn(
  context: ActionContext,
  body: { occurrenceId: string; code: string },
): Promise<CommandId> {
  const id = context.newId()
  await enqueue(context.db, { id, kind: 'event.check-in', at: context.now(), body })
  return id
}
