/** What crosses accounts, against both journals: each crossing has its driver's record, what is done its follower's, and nothing stands on both sides. Part of the audit. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
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
import { readRecordOf } from '../storage/records.ts'
import { readLastRestore } from '../storage/restores.ts'
import { readCrossing, readUntakenAfter } from '../storage/settlements-of-before.ts'
import { AuditFault, countAccepted } from './audit-sides.ts'
import { hasFollowed, SIDES, valueInto } from './crossing.ts'

/** Rows read at a time: memory, not speed. */
const PAGE = 500

/** Done without their follower, whose account is gone: what the drivers gave stands on no side. */
export interface InTransit {
  readonly crossings: number
  readonly points: number
  readonly fen: number
}

interface CrossingsFound {
  readonly inTransit: InTransit
  /** Records that follow what a restored backup has forgotten, and no phone has brought back yet. */
  readonly undriven: number
}

interface Tally {
  driven: number
  followed: number
}

/** @param sponsor undefined: it has not been opened */
export async function auditCrossings(db: Queryable, sponsor: AccountId | undefined): Promise<CrossingsFound> {
  const tallies = {
    settle: { driven: 0, followed: 0 },
    donation: { driven: 0, followed: 0 },
    refund: { driven: 0, followed: 0 },
    payout: { driven: 0, followed: 0 },
  } satisfies Record<CrossingKind, Tally>
  const inTransit = { crossings: 0, points: 0, fen: 0 }
  for (const readAfter of [readCrossingsAfter, readUntakenAfter])
    for await (const row of allOf(db, readAfter)) {
      const { isFollowed, given } = await auditCrossing(db, row, sponsor)
      tallies[row.kind].driven++
      if (isFollowed) tallies[row.kind].followed++
      else if (row.state === 'done') {
        inTransit.crossings++
        inTransit[SIDES[row.kind].asset] += given
      }
    }
  let undriven = 0
  for (const [kind, tally] of Object.entries(tallies) as [CrossingKind, Tally][])
    undriven += await auditTally(db, kind, tally)
  return { inTransit, undriven }
}

/** Answers how many follow what nothing drives: none, unless a backup was put back. */
async function auditTally(db: Queryable, kind: CrossingKind, { driven, followed }: Tally): Promise<number> {
  const { driver, follower } = SIDES[kind]
  // Most redemptions drive nothing: those of donations since 2026-11-29 do, and each has its row.
  const drivers = kind === 'donation' ? driven : await countAccepted(db, driver)
  if (drivers !== driven) throw new AuditFault(`${drivers} ${kind}: driven by records, but ${driven} by rows`)
  const followers = await countAccepted(db, follower)
  const known = followed + (kind === 'settle' ? await countAwaited(db) : 0)
  if (followers <= known) return 0
  if (kind !== 'settle' && (await readLastRestore(db)) !== undefined) return followers - known
  throw new AuditFault(`${followers} ${kind}: followed by records, but ${known} were driven`)
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

/** `given`: what the driver gave. */
async function auditCrossing(
  db: Queryable,
  row: CrossingRow,
  sponsor: AccountId | undefined,
): Promise<{ isFollowed: boolean; given: number }> {
  const { accountId, crossingId, kind, followerRecord, state, reason } = row
  const fail = (what: string): never => {
    throw new AuditFault(`account ${accountId} crossing ${crossingId}: ${what}`)
  }
  const driver = await readRecordOf(db, accountId, crossingId)
  if (driver?.outcome !== 'accepted') return fail('no record drives it')
  const sides = SIDES[kind]
  const given = valueInto(sides, driver)
  const isBySponsor = reason === 'sponsor'
  const followerId = isBySponsor ? (sponsor ?? null) : row.followerId
  if (isBySponsor && !(await isGone(db, row.followerId))) fail('followed by the sponsor for one who is there')
  // One that came back with an older journal names nobody; its follower's record may come back later, or never.
  if (followerId === null || followerRecord === null) return { isFollowed: false, given }
  const follower = await readRecordOf(db, followerId, followerRecord)
  if (follower?.outcome === 'accepted') {
    if (reason === 'gone') fail('done as gone, but followed')
    const left = given + valueInto(sides, follower)
    if (left !== 0) fail(`the two sides leave ${left} ${sides.asset} in between`)
    return { isFollowed: true, given }
  }
  if (follower && !isAwaited(row)) fail('its follower refused it')
  if (isBySponsor) fail('the sponsor did not follow in the place of one who is gone')
  if (state === 'done' && !(await isGone(db, followerId)))
    fail('done, but not in the journal of its follower')
  return { isFollowed: false, given }
}

async function isGone(db: Queryable, accountId: AccountId | null): Promise<boolean> {
  return accountId !== null && ((await readAccount(db, accountId))?.deletedAt ?? null) !== null
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
