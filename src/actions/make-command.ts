/** A command as it leaves the finger: its id, the phone's clock, and what tells later whether that clock was right. */
import type { CommandBodies, CommandKind, CommandOf } from '../domain/ledger/command.ts'
import type { ActionContext } from './context.ts'

export function makeCommand<Kind extends CommandKind>(
  context: Pick<ActionContext, 'now' | 'newId' | 'page'>,
  kind: Kind,
  body: CommandBodies[Kind],
): CommandOf<Kind> {
  const clock = context.page?.()
  return { id: context.newId(), kind, at: context.now(), body, ...(clock ? { clock } : {}) }
}
