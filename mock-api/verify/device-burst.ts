/** More tracks from one device within a day than anybody records or brings along: whoever makes them in heaps is looked at by a person. */
import type { Reason } from '../../src/domain/base/reason.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import type { Deps } from '../base/deps.ts'
import { DEVICE_TRACKS_A_DAY_MAX } from '../base/limits.ts'
import { keyOf } from '../base/secret.ts'
import { countInWindow } from '../storage/rate-limits.ts'
import type { Sender } from './findings.ts'
import { digestsOf } from './tracks.ts'

/** Counts those that are new, whichever account of the device they are for. Undefined while they are few, and of a batch that a sweeper finishes. */
export async function deviceBurst(
  deps: Deps,
  commands: readonly Command[],
  { deviceId }: Sender,
): Promise<Reason | undefined> {
  const tracks = commands.filter(({ kind, body }) => kind === 'activity.record' && digestsOf(body).length > 0)
  if (deviceId === undefined || tracks.length === 0) return undefined
  const use = { limitKey: keyOf('tracks of device', deviceId), now: deps.now(), windowMs: DAY_MS }
  const { count } = await countInWindow(deps.db, { ...use, amount: tracks.length })
  if (count <= DEVICE_TRACKS_A_DAY_MAX) return undefined
  return { code: 'device_burst', numbers: { acts: count, limit: DEVICE_TRACKS_A_DAY_MAX } }
}
