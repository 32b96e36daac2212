/** Signs up for a day of planting, or gives the place up. */
import { enqueue } from '../db/outbox.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { SignUp } from '../domain/taking-part/planting.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function joinPlanting(context: ActionContext, signUp: SignUp): Promise<CommandId> {
  const command = makeCommand(context, 'planting.join', signUp)
  await enqueue(context.db, command)
  return command.id
}

export async function leavePlanting(context: ActionContext, joinId: CommandId): Promise<void> {
  await enqueue(context.db, makeCommand(context, 'planting.leave', { joinId }))
}
