/** Logs an act: one row in the outbox, and nothing else. It never waits for the network. */
import { isReadByBackend } from '../db/backend-reads.ts'
import type { LedgerDb } from '../db/database.ts'
import { enqueue } from '../db/outbox.ts'
import type { CommandId } from '../domain/base/ids.ts'
import { type ActivityClaim, MOTION_MEMBER, TEMPO_MEMBER } from '../domain/evidence/activity.ts'
import { STOPS_MEMBER } from '../domain/evidence/stops.ts'
import type { CommandOf } from '../domain/ledger/command.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

/** The id by which the act can be undone, and by which its record will come. Throws QuotaExceededError when the disk is full. */
export async function recordActivity(context: ActionContext, claim: ActivityClaim): Promise<CommandId> {
  const command = await actCommand(context, claim)
  await enqueue(context.db, command)
  return command.id
}

/** Not yet asked for. */
export async function actCommand(
  context: ActionContext,
  claim: ActivityClaim,
): Promise<CommandOf<'activity.record'>> {
  return makeCommand(context, 'activity.record', await readable(context, claim))
}

/** The text is never written again: what the backend cannot read does not go into it. What is assessed of old is said in any case. */
async function readable({ db }: ActionContext, claim: ActivityClaim): Promise<ActivityClaim> {
  return withoutMotion(db, await withoutStops(db, claim))
}

async function withoutStops(db: LedgerDb, claim: ActivityClaim): Promise<ActivityClaim> {
  if (claim.stops === undefined || (await isReadByBackend(db, STOPS_MEMBER))) return claim
  const { stops: _, ...rest } = claim
  return rest
}

async function withoutMotion(db: LedgerDb, claim: ActivityClaim): Promise<ActivityClaim> {
  const { evidence } = claim
  if (!('motion' in evidence) || !evidence.motion) return claim
  const { motion, ...rest } = evidence
  if (!(await isReadByBackend(db, MOTION_MEMBER))) return { ...claim, evidence: rest }
  if (motion.tempo === undefined || (await isReadByBackend(db, TEMPO_MEMBER))) return claim
  const { tempo: _, ...known } = motion
  return { ...claim, evidence: { ...rest, motion: known } }
}
