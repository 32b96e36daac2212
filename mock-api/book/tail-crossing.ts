/**
 * The crossing of a driver's record that came back with its journal: open, and with nothing to give, until the follower's own record is seen.
 * Newer journals name the shop's account and command, older ones do not.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import type { CrossingRow } from '../storage/crossings.ts'

export function crossingIn(
  accountId: AccountId,
  body: RecordBody,
  { settled }: RecordDetail,
): CrossingRow | undefined {
  if (body.kind !== 'voucher.settle') return undefined
  return {
    accountId,
    crossingId: body.id,
    kind: 'settle',
    followerId: (settled?.account as AccountId | undefined) ?? null,
    followerRecord: settled?.command ?? null,
    step: null,
    state: 'open',
    reason: null,
    at: body.at,
  }
}
