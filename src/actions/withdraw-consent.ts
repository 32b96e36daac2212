/** Unlinks a service. One that was linked a moment ago and has not been sent is taken back without a trace. */
import { enqueue } from '../db/outbox.ts'
import type { ConsentId } from '../domain/ledger/consent.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'
import { takeBackRequest } from './take-back-request.ts'

export async function withdrawConsent(context: ActionContext, consentId: ConsentId): Promise<void> {
  if (await takeBackRequest(context, consentId)) return
  await enqueue(context.db, makeCommand(context, 'consent.withdraw', { consentId }))
}
