/**
 * A shop's journal proves that it accepted a voucher, and the holder's journal does not say so yet: one of the two came back first. The
 * holder's side follows when its voucher is known again; after the window the shop's proof counts alone, if need be as a debt. Or the holder's
 * journal is of another time and names another acceptance: then the one that has its record in a shop's journal counts.
 */
import type { AccountId, VoucherId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { settleIdOf, settleStep, settleUnknownStep } from '../../src/domain/ledger/steps.ts'
import { SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { fenceAccount } from '../storage/accounts.ts'
import { type AwaitedRow, dropAwaited, readAwaited, readAwaitedAfter } from '../storage/awaited.ts'
import {
  type CrossingKey,
  type Follower,
  isAwaited,
  readAwaitedCrossings,
  renameCrossing,
} from '../storage/crossings.ts'
import type { Queryable } from '../storage/db.ts'
import { readRecordOf } from '../storage/records.ts'
import { nameCrossing, readCrossing, takeOverOf } from '../storage/settlements-of-before.ts'
import { changeAccount } from './append.ts'
import { hasFollowed } from './crossing.ts'
import { draftSettlement } from './draft-settlement.ts'
import { each } from './each.ts'
import { isFault } from './errors.ts'
import { claimForgotten, forgottenIn } from './forgotten.ts'
import { type Claim, confirmPieces, releasePieces } from './stock.ts'
import { decidedAt, type TailRecord } from './tail-check.ts'

/** Rows read at a time: memory, not speed. */
const PAGE = 200

/** Acceptances that the shop's records prove. */
export function awaitedIn(
  accountId: AccountId,
  records: readonly Pick<TailRecord, 'body' | 'detail'>[],
  since: Instant,
): AwaitedRow[] {
  return records.flatMap(({ body, detail }) => {
    if (body.kind !== 'voucher.accept' || body.outcome !== 'accepted' || !detail.acceptance) return []
    // The token was checked when it was accepted, and the record that holds it is proven.
    const holder = forgottenIn(detail.acceptance.token)?.sub as AccountId | undefined
    if (holder === undefined || detail.about === undefined) return []
    const points = detail.acceptance.pricePoints
    return [
      {
        accountId: holder,
        voucherId: detail.about,
        merchantAccountId: accountId,
        commandId: body.id,
        points,
        since,
        paidAt: decidedAt({ body, detail }),
      },
    ]
  })
}

/** All that one holder's account waits for, or is waited for by. */
export async function resolveAwaitedOf(deps: Deps, holder: AccountId): Promise<void> {
  await takeOverOf(deps.db, holder)
  for (const { crossingId, followerId, followerRecord } of await readAwaitedCrossings(deps.db, holder)) {
    if (followerId === null || followerRecord === null) continue // an older journal: the shop's own tells
    const shop = { followerId, followerRecord }
    if (await hasFollowed(deps.db, shop)) await nameCrossing(deps.db, { accountId: holder, crossingId }, shop)
  }
  for (const row of await readAwaited(deps.db, holder)) await resolveAwaited(deps, row)
}

/** Everybody's; the sweeper's part. */
export async function sweepAwaited(deps: Deps): Promise<void> {
  for (let after = { since: -1, voucherId: '' }; ; ) {
    const rows = await readAwaitedAfter(deps.db, after, PAGE)
    await each(deps, rows, (row) => resolveAwaited(deps, row))
    const last = rows.at(-1)
    if (!last) return
    after = last
  }
}

/** The shop, as who follows the holder's settlement, and the crossing that it follows. */
function shopOf({ merchantAccountId, commandId }: AwaitedRow): Follower {
  return { followerId: merchantAccountId, followerRecord: commandId }
}

function keyOf({ accountId, voucherId }: AwaitedRow): CrossingKey {
  return { accountId, crossingId: settleIdOf(voucherId) }
}

async function resolveAwaited(deps: Deps, row: AwaitedRow): Promise<void> {
  const { accountId, commandId, since } = row
  const age = deps.now() - since
  if (!(await hasFollowed(deps.db, shopOf(row)))) {
    if (age > STALE_CLAIM_MS) await dropForgotten(deps, row)
    return
  }
  if (age < SETTLEMENT_WINDOW_MS && (await deps.recovery.isHeld(accountId))) return
  if (!(await settleFor(deps, row))) return
  await nameCrossing(deps.db, keyOf(row), shopOf(row))
  await nameAnew(deps, row)
  const crossing = await readCrossing(deps.db, keyOf(row))
  if (crossing?.followerRecord === commandId) await dropAwaited(deps.db, row)
}

/**
 * The holder's journal is of a time that lacked this acceptance, and names another, which never became a record: the one that stands in a shop's
 * journal was paid. Whoever writes the other just now begins anew, and finds that.
 */
async function nameAnew(deps: Deps, row: AwaitedRow): Promise<void> {
  const crossing = await readCrossing(deps.db, keyOf(row))
  if (!crossing || !isAwaited(crossing)) return
  const { followerId, followerRecord } = crossing
  if (followerId === null || followerRecord === null || followerRecord === row.commandId) return
  const other = { followerId, followerRecord }
  await fenceAccount(deps.db, followerId)
  if (!(await hasFollowed(deps.db, other))) await renameCrossing(deps.db, keyOf(row), other, shopOf(row))
}

/** Whether a shop's journal proves another acceptance of the voucher: then this one is the second, whatever the holder's journal says. */
export async function isPaidToAnother(
  { db }: Deps,
  holder: AccountId,
  { voucherId, commandId }: Pick<AwaitedRow, 'voucherId' | 'commandId'>,
): Promise<boolean> {
  return isPaidIn(db, await readAwaited(db, holder), { voucherId, commandId })
}

async function isPaidIn(
  db: Queryable,
  awaited: readonly AwaitedRow[],
  { voucherId, commandId }: Pick<AwaitedRow, 'voucherId' | 'commandId'>,
): Promise<boolean> {
  const row = awaited.find((one) => one.voucherId === voucherId)
  return row !== undefined && row.commandId !== commandId && (await hasFollowed(db, shopOf(row)))
}

/**
 * Whether journals of two times speak of one voucher: a settlement whose voucher a shop was paid for by another acceptance, or an acceptance
 * where the holder's journal has let another follow. Such a tail is decided anew, and not taken over word for word.
 */
export async function isContradicted(
  deps: Deps,
  accountId: AccountId,
  records: readonly Pick<TailRecord, 'body' | 'detail'>[],
): Promise<boolean> {
  const settled = records.flatMap(({ body, detail: { about: voucherId, settled } }) =>
    body.kind === 'voucher.settle' && voucherId !== undefined && settled
      ? [{ voucherId, commandId: settled.command }]
      : [],
  )
  const awaited = settled.length > 0 ? await readAwaited(deps.db, accountId) : []
  for (const one of settled) if (await isPaidIn(deps.db, awaited, one)) return true
  for (const row of awaitedIn(accountId, records, deps.now())) {
    const crossing = await readCrossing(deps.db, keyOf(row))
    if (!crossing || crossing.followerId === null || crossing.followerRecord === null) continue
    if (crossing.followerRecord === row.commandId) continue
    const { followerId, followerRecord } = crossing
    if (!isAwaited(crossing) || (await hasFollowed(deps.db, { followerId, followerRecord }))) return true
  }
  return false
}

/** The append never came; one that is still under way fails from here on, and awaits anew. */
async function dropForgotten(deps: Deps, row: AwaitedRow): Promise<void> {
  await fenceAccount(deps.db, row.merchantAccountId)
  if (!(await hasFollowed(deps.db, shopOf(row)))) await dropAwaited(deps.db, row)
}

/** Whether the holder's side has a settlement now. Nobody has to be there: then the shop's row stays as what it was paid by. */
async function settleFor(deps: Deps, row: AwaitedRow): Promise<boolean> {
  const { accountId, points, since } = row
  const voucherId = row.voucherId as VoucherId
  const pieces: Claim[] = []
  try {
    const isSettled = await changeAccount(deps, accountId, async (writing) => {
      if (await readCrossing(deps.db, keyOf(row))) return true
      const voucher = writing.ledger.vouchers[voucherId]
      if (!voucher && writing.at < since + SETTLEMENT_WINDOW_MS) return false
      if (!voucher) pieces.push(...(await claimTaken(deps, row)))
      const step = voucher
        ? settleStep(voucherId, voucher)
        : settleUnknownStep(voucherId, { ledger: writing.ledger, points })
      draftSettlement(writing, step, { ...shopOf(row), text: null })
      return true
    })
    await confirmPieces(deps, accountId, pieces)
    return isSettled
  } catch (error) {
    await releasePieces(deps, pieces).catch(() => {})
    if (isFault(error, 'account_deleted', 'account_unknown')) return false
    throw error
  }
}

/** Of which offer it was, the shop's record says. The words of a shop that is gone went with it. */
async function claimTaken(deps: Deps, { merchantAccountId, commandId }: AwaitedRow): Promise<Claim[]> {
  const record = await readRecordOf(deps.db, merchantAccountId, commandId)
  const acceptance = openDetail(record?.detail)?.acceptance
  const voucher = acceptance && forgottenIn(acceptance.token)
  return voucher ? [await claimForgotten(deps, voucher)] : []
}
