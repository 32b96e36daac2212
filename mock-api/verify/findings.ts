/** What only the backend can see of an activity: the same track on another account, a device of many accounts. */

import type { Exchange } from '../../src/domain/clock.ts'
import type { Command } from '../../src/domain/command.ts'
import type { AccountId, CommandId } from '../../src/domain/ids.ts'
import type { Reason } from '../../src/domain/reason.ts'
import type { Deps } from '../deps.ts'
import { DEVICE_ACCOUNTS_MAX } from '../limits.ts'
import { keyOf } from '../secret.ts'
import { claimEvidence, type EvidenceClaim } from '../storage/evidence.ts'
import { countDeviceAccounts } from '../storage/sessions.ts'

export interface Sender {
  readonly accountId: AccountId
  /** Absent when the sweeper finishes a batch. */
  readonly deviceId?: string
  /** What the device's clocks said when it sent this. */
  readonly exchange: Omit<Exchange, 'now'>
  /** The phone speaks a version of the wire in which it can be told to ask again later. */
  readonly knowsWaiting?: boolean
  /** Told once how many commands are new, before any is decided; throws when there are too many. */
  readonly admit?: (count: number) => Promise<void>
}

export type Findings = ReadonlyMap<CommandId, readonly Reason[]>

export async function findingsOf(
  deps: Deps,
  commands: readonly Command[],
  sender: Sender,
): Promise<Findings> {
  const activities = commands.filter((command) => command.kind === 'activity.record')
  if (activities.length === 0) return new Map()
  const ofSender = await deviceFinding(deps, sender)
  const claims = activities.flatMap(({ id, body }): EvidenceClaim[] =>
    'digest' in body.evidence
      ? [
          {
            digestKey: keyOf('track', body.evidence.digest),
            digest: body.evidence.digest,
            accountId: sender.accountId,
            commandId: id,
          },
        ]
      : [],
  )
  const owners = await claimEvidence(deps.db, claims, deps.now())
  const taken = new Set(
    claims.filter(({ digest }) => owners.get(digest) !== sender.accountId).map(({ commandId }) => commandId),
  )
  const duplicate: Reason = { code: 'duplicate_track' }
  return new Map(activities.map(({ id }) => [id, taken.has(id) ? [...ofSender, duplicate] : ofSender]))
}

async function deviceFinding(deps: Deps, { deviceId }: Sender): Promise<Reason[]> {
  if (deviceId === undefined) return []
  const accounts = await countDeviceAccounts(deps.db, deviceId)
  if (accounts <= DEVICE_ACCOUNTS_MAX) return []
  return [{ code: 'shared_device', numbers: { accounts, limit: DEVICE_ACCOUNTS_MAX } }]
}
