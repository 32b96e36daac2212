/**
 * A guest's commands belong to the phone until an account adopts them; a backup of them can be read into any account. Whatever earns counts
 * in the first account that sends it, and in no other: the id was made once, on one phone, for one act. The phone says which they are, so that
 * an ordinary tap costs nothing; whoever hides it could as well type the act anew, and meets the same limits.
 */
import type { Command } from '../../src/domain/command.ts'
import type { CommandId } from '../../src/domain/ids.ts'
import type { Deps } from '../deps.ts'
import { keyOf } from '../secret.ts'
import { claimCommands } from '../storage/command-claims.ts'
import type { Sender } from './findings.ts'

const EARNING: ReadonlySet<Command['kind']> = new Set(['activity.record', 'quiz.answer', 'event.check-in'])

/** Those of the commands that another account has sent before. */
export async function recordedElsewhere(
  deps: Deps,
  commands: readonly Command[],
  { accountId, fromGuest }: Sender,
): Promise<ReadonlySet<CommandId>> {
  const claims = commands
    .filter(({ id, kind }) => fromGuest?.has(id) && EARNING.has(kind))
    .map(({ id }) => ({ claimKey: keyOf('command', id), commandId: id, accountId }))
  return (await claimCommands(deps.db, claims, deps.now())) as ReadonlySet<CommandId>
}
