/** The sides of what crosses accounts, by kind: by which record each side knows of it, and where value stands in between. */
import { openBody } from '../../src/domain/ledger/open-record.ts'
import type { Kind } from '../../src/domain/ledger/record.ts'
import type { Asset, Transfer } from '../../src/domain/ledger/transfer.ts'
import type { CrossingKey, CrossingKind, Follower } from '../storage/crossings.ts'
import type { Db, Queryable } from '../storage/db.ts'
import { type RecordRow, readKnown } from '../storage/records.ts'
import { finishCrossing } from '../storage/settlements-of-before.ts'

interface Sides {
  readonly driver: Kind
  readonly follower: Kind
  readonly asset: Extract<Asset, 'points' | 'fen'>
  /** The driver moves value to here, the follower takes it from here: over both journals it is zero. */
  readonly transit: Transfer['credit']
}

export const SIDES = {
  settle: { driver: 'voucher.settle', follower: 'voucher.accept', asset: 'points', transit: 'merchant' },
  donation: { driver: 'voucher.redeem', follower: 'donation.receive', asset: 'points', transit: 'merchant' },
  refund: { driver: 'voucher.refund', follower: 'voucher.refunded', asset: 'points', transit: 'merchant' },
  payout: { driver: 'payout.send', follower: 'payout.receive', asset: 'fen', transit: 'transit' },
} as const satisfies Readonly<Record<CrossingKind, Sides>>

/** What a record moves into the place in between; below zero, what it takes from there. */
export function valueInto(
  { asset: wanted, transit }: Pick<Sides, 'asset' | 'transit'>,
  { body }: Pick<RecordRow, 'body'>,
): number {
  return openBody(body)
    .transfers.filter(({ asset }) => asset === wanted)
    .reduce(
      (sum, { debit, credit, amount }) =>
        sum + (credit === transit ? amount : 0) - (debit === transit ? amount : 0),
      0,
    )
}

/** Whether the follower's journal has what they were given. */
export async function hasFollowed(db: Queryable, { followerId, followerRecord }: Follower): Promise<boolean> {
  return (await readKnown(db, followerId, [followerRecord])).get(followerRecord)?.outcome === 'accepted'
}

/** The followers' records are there: nothing is left to finish. */
export async function finishCrossings(db: Db, keys: readonly CrossingKey[]): Promise<void> {
  for (const key of keys) await finishCrossing(db, key, null)
}
