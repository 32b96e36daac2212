/** Asks for a second look at a verdict, in the person's own words, with a photo if there is one. Its bytes stay beside the command, as a nomination's do. */
import { isReadByBackend } from '../db/backend-reads.ts'
import { enqueueWithPhoto, refOf } from '../db/photos.ts'
import type { NewPhoto } from '../db/tables.ts'
import type { ActivityId, CommandId } from '../domain/base/ids.ts'
import { APPEAL_PHOTO_MEMBER } from '../domain/taking-part/voice.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

/** Where the backend has not said to read it, no photo can be chosen; one that was chosen before it was put back to an older build stays out. */
export async function appealActivity(
  context: ActionContext,
  body: { activityId: ActivityId; note: string },
  photo?: NewPhoto,
): Promise<CommandId> {
  const sent = photo && (await isReadByBackend(context.db, APPEAL_PHOTO_MEMBER)) ? photo : undefined
  const command = makeCommand(context, 'activity.appeal', {
    ...body,
    ...(sent ? { photo: refOf(sent) } : {}),
  })
  await enqueueWithPhoto(context.db, command, sent)
  return command.id
}
