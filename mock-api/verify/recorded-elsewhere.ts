/**
 * A guest's commands belong to the phone until an account adopts them; a backup of them can be read into any account. Whatever earns counts
 * in the first account that sends it, and in no other: the id was made once, on one phone, for one act. The phone says which they are, so that
 * an ordinary tap costs nothing; whoever hides it could as well type the act anew, and meets the same limits.
 */

import type { AccountId, CommandId } from '../../src/domain/base/ids.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import type { Deps } from '../base/deps.ts'
import { keyOf } from '../base/secret.ts'
import { claimCommands } from '../storage/command-claims.ts'
import type { Sender } from './findings.ts'

/** Rows an insert: a statement takes 65,535 parameters at most. */
const CLAIMS_AT_ONCE = 500

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

/**
 * What a proven tail brings back earned in this account: which of it a guest had made is not known any more, and costs nobody anything. Answers
 * what another account has sent since, from the same guest's backup.
 */
export async function keepCommands(
  deps: Deps,
  accountId: AccountId,
  commands: readonly Pick<Command, 'id' | 'kind'>[],
): Promise<ReadonlySet<string>> {
  const claims = commands
    .filter(({ kind }) => EARNING.has(kind))
    .map(({ id }) => ({ claimKey: keyOf('command', id), commandId: id, accountId }))
  const elsewhere = new Set<string>()
  for (let from = 0; from < claims.length; from += CLAIMS_AT_ONCE) {
    const some = claims.slice(from, from + CLAIMS_AT_ONCE)
    for (const id of await claimCommands(deps.db, some, deps.now())) elsewhere.add(id)
  }
  return elsewhere
}
