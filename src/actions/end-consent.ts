/** Ends a consent: without a trace while it never left the phone, by a command of its own afterwards. */
import { enqueue, forgetUnsent } from '../db/outbox.ts'
import type { ConsentId } from '../domain/ledger/consent.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function endConsent(
  context: ActionContext,
  consentId: ConsentId,
): Promise<'forgotten' | 'asked'> {
  if (await forgetUnsent(context.db, consentId)) return 'forgotten'
  await enqueue(context.db, makeCommand(context, 'consent.withdraw', { consentId }))
  return 'asked'
}
