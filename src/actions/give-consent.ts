/** Agrees that a provider reports what the person does with it, under a name for them that is made here and now and known nowhere else. */
import { enqueue } from '../db/outbox.ts'
import type { Day, Instant } from '../domain/base/time.ts'
import { type ConsentId, scopeOf } from '../domain/ledger/consent.ts'
import { toHex } from '../proof/digest.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

interface Agreed {
  readonly provider: string
  /** The day of the words that were read. */
  readonly terms: Day
  /** Acts from then on; absent: from now on. */
  readonly since?: Instant
  readonly handle?: string
}

export async function giveConsent(context: ActionContext, agreed: Agreed): Promise<ConsentId> {
  const { provider, terms, since = context.now(), handle = newHandle() } = agreed
  const command = makeCommand(context, 'consent.give', { scope: scopeOf(provider), handle, terms, since })
  await enqueue(context.db, command)
  return command.id
}

/** 128 random bits: also without a secure page. */
function newHandle(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)))
}
