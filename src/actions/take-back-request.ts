/** Takes any request back while it never left the phone. False when it may have: then only its own counterpart can undo it. */
import { forgetUnsent } from '../db/outbox.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { ActionContext } from './context.ts'

export function takeBackRequest({ db }: Pick<ActionContext, 'db'>, id: CommandId): Promise<boolean> {
  return forgetUnsent(db, id)
}
