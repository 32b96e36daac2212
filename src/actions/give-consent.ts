/** Links a service: what is agreed to is a record of the person's own. The handle is all that the service will ever know of them. */
import { enqueue } from '../db/outbox.ts'
import type { CommandId } from '../domain/base/ids.ts'
import { type Day, dayOf, startOfDay } from '../domain/base/time.ts'
import { scopeOf } from '../domain/ledger/consent.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

/** @param terms the day of the words that the person read */
export async function giveConsent(
  context: ActionContext,
  { provider, terms }: { provider: string; terms: Day },
): Promise<CommandId> {
  // Nobody guesses it: a random id without its dashes.
  const handle = context.newId().replaceAll('-', '')
  // Whoever links in the evening has ridden in the morning.
  const since = startOfDay(dayOf(context.now()))
  const command = makeCommand(context, 'consent.give', { scope: scopeOf(provider), handle, terms, since })
  await enqueue(context.db, command)
  return command.id
}
