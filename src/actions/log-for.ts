/** Logs an act for somebody whom one helps, or takes one back: one row, and nothing waits for the network. */
import { enqueueFor, forgetUnsentFor, type HelpedDb } from '../db/helped.ts'
import type { ActivityId, CommandId } from '../domain/base/ids.ts'
import type { ActivityClaim } from '../domain/evidence/activity.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

type HelpContext = Pick<ActionContext, 'now' | 'newId' | 'page'> & {
  readonly helped: HelpedDb
  readonly accountId: string
}

export async function logFor(context: HelpContext, claim: ActivityClaim): Promise<CommandId> {
  const command = makeCommand(context, 'activity.record', claim)
  await enqueueFor(context.helped, context.accountId, command)
  return command.id
}

export async function takeBackFor(
  context: HelpContext,
  activityId: ActivityId,
): Promise<'forgotten' | 'asked'> {
  if (await forgetUnsentFor(context.helped, activityId)) return 'forgotten'
  await enqueueFor(
    context.helped,
    context.accountId,
    makeCommand(context, 'activity.withdraw', { activityId }),
  )
  return 'asked'
}
