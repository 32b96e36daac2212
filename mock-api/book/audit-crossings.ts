/** What crosses accounts, against both journals: each crossing has its driver's record, what is done its follower's, and nothing stands on both sides. Part of the audit. */
import { openBody } from '../../src/domain/ledger/open-record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import type { Transfer } from '../../src/domain/ledger/transfer.ts'
import { readAccount } from '../storage/accounts.ts'
import { type AwaitedRow, readAwaitedAfter } from '../storage/awaited.ts'
import {
  type CrossingKey,
  type CrossingKind,
  type CrossingRow,
  FIRST_CROSSING,
  type Follower,
  isAwaited,
  readCrossingsAfter,
} from '../storage/crossings.ts'
import type { Queryable } from '../storage/db.ts'
import { type RecordRow, readRecordOf } from '../storage/records.ts'
import { readCrossing, readUntakenAfter } from '../storage/settlements-of-before.ts'
import { AuditFault, countAccepted } from './audit-sides.ts'
import { hasFollowed, SIDES } from './crossing.ts'

/** Rows read at a time: memory, not speed. */
const PAGE = 500

/** Done without their follower, whose account is gone: what the drivers gave stands on no side. */
export interface InTransit {
  readonly crossings: number
  readonly points: number
}

interface Tally {
  driven: number
  followed: number
}

export async function auditCrossings(db: Queryable): Promise<InTransit> {
  const tallies = { settle: { driven: 0, followed: 0 } } satisfies Record<CrossingKind, Tally>
  const inTransit = { crossings: 0, points: 0 }
  for (const readAfter of [readCrossingsAfter, readUntakenAfter])
    for await (const row of allOf(db, readAfter)) {
      const { isFollowed, points } = await auditCrossing(db, row)
      tallies[row.kind].driven++
      if (isFollowed) tallies[row.kind].followed++
      else if (row.state === 'done') {
        inTransit.crossings++
        inTransit.points += points
      }
    }
  for (const [kind, { driven, followed }] of Object.entries(tallies) as [CrossingKind, Tally][]) {
    const drivers = await countAccepted(db, SIDES[kind].driver)
    if (drivers !== driven)
      throw new AuditFault(`${drivers} ${kind}: driven by records, but ${driven} by rows`)
    const followers = await countAccepted(db, SIDES[kind].follower)
    const known = followed + (kind === 'settle' ? await countAwaited(db) : 0)
    if (followers > known)
      throw new AuditFault(`${followers} ${kind}: followed by records, but ${known} were driven`)
  }
  return inTransit
}

async function* allOf(db: Queryable, readAfter: typeof readCrossingsAfter): AsyncGenerator<CrossingRow> {
  for (let after: CrossingKey = FIRST_CROSSING; ; ) {
    const rows = await readAfter(db, after, PAGE)
    // What came back may have been named in the other form.
    for (const row of rows) yield isAwaited(row) ? ((await readCrossing(db, row)) ?? row) : row
    const last = rows.at(-1)
    if (!last) return
    after = last
  }
}

/** `points`: what the driver gave. */
async function auditCrossing(
  db: Queryable,
  row: CrossingRow,
): Promise<{ isFollowed: boolean; points: number }> {
  const { accountId, crossingId, kind, followerId, followerRecord, state, reason } = row
  const fail = (what: string): never => {
    throw new AuditFault(`account ${accountId} crossing ${crossingId}: ${what}`)
  }
  const driver = await readRecordOf(db, accountId, crossingId)
  if (driver?.outcome !== 'accepted') return fail('no record drives it')
  const { transit } = SIDES[kind]
  const given = pointsInto(transit, driver)
  // One that came back with an older journal names nobody; its follower's record may come back later, or never.
  if (followerId === null || followerRecord === null) return { isFollowed: false, points: given }
  const follower = await readRecordOf(db, followerId, followerRecord)
  if (follower?.outcome === 'accepted') {
    if (reason !== null) fail(`done as ${reason}, but followed`)
    const left = given + pointsInto(transit, follower)
    if (left !== 0) fail(`the two sides leave ${left} points in between`)
    return { isFollowed: true, points: given }
  }
  if (follower && !isAwaited(row)) fail('its follower refused it')
  const isGone = async () => ((await readAccount(db, followerId))?.deletedAt ?? null) !== null
  if (state === 'done' && !(await isGone())) fail('done, but not in the journal of its follower')
  return { isFollowed: false, points: given }
}

function pointsInto(transit: Transfer['credit'], { body }: RecordRow): number {
  return openBody(body)
    .transfers.filter(({ asset }) => asset === 'points')
    .reduce(
      (sum, { debit, credit, amount }) =>
        sum + (credit === transit ? amount : 0) - (debit === transit ? amount : 0),
      0,
    )
}

/** Acceptances that a shop's journal proves while the holder's does not say so yet; each stands for one record. */
async function countAwaited(db: Queryable): Promise<number> {
  let count = 0
  for (let after = { since: -1, voucherId: '' }; ; ) {
    const rows: AwaitedRow[] = await readAwaitedAfter(db, after, PAGE)
    for (const { accountId, voucherId, merchantAccountId, commandId } of rows) {
      const shop: Follower = { followerId: merchantAccountId, followerRecord: commandId }
      // Named by now, it is counted with its crossing.
      const crossing = await readCrossing(db, { accountId, crossingId: settleIdOf(voucherId) })
      if (crossing?.followerRecord !== commandId && (await hasFollowed(db, shop))) count++
    }
    const last = rows.at(-1)
    if (!last) return count
    after = last
  }
}
