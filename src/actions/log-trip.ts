/** A recorded trip becomes acts, one for each leg that was chosen: all of them stand in the outbox and the trip is claimed, or nothing is. */
import { enqueue } from '../db/outbox.ts'
import { changeTrip } from '../db/trips.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { Instant } from '../domain/base/time.ts'
import type { ActivityClaim } from '../domain/evidence/activity.ts'
import { claimed, unclaimed } from '../domain/evidence/live-trip.ts'
import type { CommandOf } from '../domain/ledger/command.ts'
import type { ActionContext } from './context.ts'
import { actCommand } from './record-activity.ts'
import { undoActivity } from './undo-activity.ts'

/** Another tab has logged it, or goes on with it. */
class TripNotEndedError extends Error {
  override readonly name = 'TripNotEndedError'
}

export async function logTrip(
  context: ActionContext,
  startedAt: Instant,
  claims: readonly ActivityClaim[],
): Promise<CommandId[]> {
  const { db, now } = context
  const commands: CommandOf<'activity.record'>[] = []
  for (const claim of claims) commands.push(await actCommand(context, claim))
  await db.transaction('rw', db.outbox, db.trips, db.meta, async () => {
    if (!(await changeTrip(db, startedAt, claimed(now())))) throw new TripNotEndedError()
    for (const command of commands) await enqueue(db, command)
  })
  return commands.map(({ id }) => id)
}

/** `forgotten`: none of it had left the phone, and the trip waits for the person's word again. */
export async function takeTripBack(
  context: ActionContext,
  startedAt: Instant,
  ids: readonly CommandId[],
): Promise<'forgotten' | 'asked'> {
  const { db } = context
  return db.transaction('rw', [db.outbox, db.photos, db.trips, db.meta], async () => {
    const results = new Set<string>()
    for (const id of ids) results.add(await undoActivity(context, id))
    if (results.has('asked')) return 'asked'
    await changeTrip(db, startedAt, unclaimed)
    return 'forgotten'
  })
}
