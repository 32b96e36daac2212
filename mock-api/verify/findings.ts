/** What only the backend can see of an activity: the same track on another account, a device of many accounts. */

import type { Exchange } from '../../src/domain/base/clock.ts'
import type { AccountId, CommandId } from '../../src/domain/base/ids.ts'
import type { Reason } from '../../src/domain/base/reason.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { Command, CommandOf } from '../../src/domain/ledger/command.ts'
import type { HelperId } from '../../src/domain/ledger/helping.ts'
import type { ActingTill, TillRole } from '../../src/domain/ledger/till.ts'
import type { Deps } from '../base/deps.ts'
import { DEVICE_ACCOUNTS_MAX } from '../base/limits.ts'
import type { Queryable } from '../storage/db.ts'
import { readEvidence } from '../storage/evidence.ts'
import { countDeviceAccounts } from '../storage/sessions.ts'
import { digestsOf, freeFallen } from './tracks.ts'

export interface Sender {
  readonly accountId: AccountId
  /** Absent when the sweeper finishes a batch: who had sent it, `till` says. */
  readonly deviceId?: string
  /** Absent: the owner's own. */
  readonly helperId?: HelperId
  /** The device at a branch's counter that sends, and what it may. */
  readonly till?: ActingTill & { readonly role: TillRole }
  /** Of an acceptance that the holder's journal has settled already: when it found that the voucher was taken. */
  readonly takenAt?: Instant
  /** What the device's clocks said when it sent this. */
  readonly exchange: Omit<Exchange, 'now'>
  /** Which of the commands were made before anybody had signed in. */
  readonly fromGuest?: ReadonlySet<string>
  /** The phone speaks a version of the wire in which it can be told to ask again later. */
  readonly knowsWaiting?: boolean
  /** Told once how much is new, in commands of usual length, before any is decided; throws when it is too much. */
  readonly admit?: (db: Queryable, count: number) => Promise<void>
}

export const DUPLICATE_TRACK: Reason = { code: 'duplicate_track' }

export type Findings = ReadonlyMap<CommandId, readonly Reason[]>

/** What is known of the sender and of the tracks, of whichever account. */
export interface Around {
  readonly ofSender: readonly Reason[]
  /** Tracks that others have. */
  readonly others: ReadonlySet<string>
}

/** `db`: by which it is read, where that is a part of a larger question. */
export async function lookAround(
  deps: Deps,
  commands: readonly Command[],
  { sender, db }: { sender: Sender; db: Queryable },
): Promise<Around> {
  const activities = activitiesIn(commands)
  if (activities.length === 0) return { ofSender: [], others: new Set() }
  const digests = activities.flatMap(({ body }) => digestsOf(body))
  const [ofSender, others] = await Promise.all([
    deviceFinding(db, sender),
    tracksOfOthers(deps, sender.accountId, { digests, db }),
  ])
  return { ofSender, others }
}

function activitiesIn(commands: readonly Command[]): readonly CommandOf<'activity.record'>[] {
  return commands.filter((command) => command.kind === 'activity.record')
}

export function findingsOf(
  commands: readonly Command[],
  { ofSender, others }: Around,
  burst: Reason | undefined,
): Findings {
  const activities = activitiesIn(commands)
  const isTaken = (body: ActivityClaim) => digestsOf(body).some((digest) => others.has(digest))
  return new Map(
    activities.map(({ id, body }) => [
      id,
      [
        ...ofSender,
        ...(isTaken(body) ? [DUPLICATE_TRACK] : []),
        ...(burst && digestsOf(body).length > 0 ? [burst] : []),
      ],
    ]),
  )
}

async function tracksOfOthers(
  deps: Deps,
  me: AccountId,
  { digests, db }: { digests: readonly string[]; db: Queryable },
): Promise<ReadonlySet<string>> {
  const read = async (from: Queryable) =>
    (await readEvidence(from, digests)).filter(({ accountId }) => accountId !== me)
  const held = await read(db)
  if (held.length > 0) await freeFallen(deps, held)
  return new Set((held.length > 0 ? await read(deps.db) : held).map(({ digest }) => digest))
}

async function deviceFinding(db: Queryable, { deviceId }: Sender): Promise<Reason[]> {
  if (deviceId === undefined) return []
  const accounts = await countDeviceAccounts(db, deviceId)
  if (accounts <= DEVICE_ACCOUNTS_MAX) return []
  return [{ code: 'shared_device', numbers: { accounts, limit: DEVICE_ACCOUNTS_MAX } }]
}
