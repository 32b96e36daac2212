/** Nominates a good case, with a photo if there is one. The photo's bytes stay beside the command, which names them by their digest. */

import { enqueueWithPhoto, refOf } from '../db/photos.ts'
import type { NewPhoto } from '../db/tables.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { CommandBodies } from '../domain/ledger/command.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

export async function nominateCase(
  context: ActionContext,
  body: Omit<CommandBodies['case.nominate'], 'photo'>,
  photo?: NewPhoto,
): Promise<CommandId> {
  const command = makeCommand(context, 'case.nominate', {
    ...body,
    ...(photo ? { photo: refOf(photo) } : {}),
  })
  await enqueueWithPhoto(context.db, command, photo)
  return command.id
}
