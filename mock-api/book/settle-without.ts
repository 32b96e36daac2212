/**
 * A shop's acceptance where the holder's journal cannot decide: nobody of that name is here (yet), or the account was deleted. What the shop is
 * paid by is kept in place of the holder's record, by the voucher, so that the first acceptance counts here as well.
 */
import { type AccountId, isUuid } from '../../src/domain/base/ids.ts'
import type { RefusalCode } from '../../src/domain/base/reason.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import type { Deps } from '../base/deps.ts'
import { readAccount } from '../storage/accounts.ts'
import { type AwaitedRow, insertAwaited, readAwaited } from '../storage/awaited.ts'
import type { CrossingKey, CrossingRow, Follower } from '../storage/crossings.ts'
import { readLeft } from '../storage/left-vouchers.ts'
import { nameCrossing, readCrossing } from '../storage/settlements-of-before.ts'
import { mayWait, type Taken } from './acceptance.ts'
import { isPaidToAnother } from './awaited.ts'

/** Undefined: the acceptance is the one that counts, now or before. */
export type Refusal = RefusalCode | 'waiting' | undefined

export function isFirst(
  awaited: readonly AwaitedRow[],
  acceptance: Pick<AwaitedRow, 'voucherId' | 'commandId' | 'merchantAccountId'>,
): boolean {
  const first = awaited.find(({ voucherId }) => voucherId === acceptance.voucherId)
  return (
    !first ||
    (first.commandId === acceptance.commandId && first.merchantAccountId === acceptance.merchantAccountId)
  )
}

/** Nobody is named when it came back with an older journal: then the first who comes is who it was. */
export async function readNamed(
  deps: Deps,
  key: CrossingKey,
  shop: Follower,
): Promise<CrossingRow | undefined> {
  const first = await readCrossing(deps.db, key)
  if (!first || first.followerRecord !== null) return first
  await nameCrossing(deps.db, key, shop)
  return readCrossing(deps.db, key)
}

/** The holder's account is not there, and will be the same one when its phone comes: what the shop is paid is kept for it. */
export async function settleNobody(deps: Deps, taken: Taken): Promise<Refusal> {
  if (!isUuid(taken.claims.sub)) return 'voucher_unknown'
  if (await mayWait(deps, taken.acceptance)) return 'waiting'
  return payWithout(deps, taken)
}

/**
 * The holder's account was deleted. A till without a network could not know: what was open then is paid by the rules of what was given back, and
 * what its journal had settled before is settled.
 */
export async function settleGone(deps: Deps, taken: Taken): Promise<Refusal> {
  const { claims, acceptance, acceptedAt } = taken
  const { command, merchant } = acceptance
  const accountId = claims.sub as AccountId
  const shop = { followerId: merchant.account.accountId, followerRecord: command.id }
  const settled = await readNamed(deps, { accountId, crossingId: settleIdOf(claims.jti) }, shop)
  if (settled) {
    const isMine = settled.followerRecord === command.id && settled.followerId === shop.followerId
    const named = { voucherId: claims.jti, commandId: command.id }
    const isSecond = !isMine || (await isPaidToAnother(deps, accountId, named))
    return isSecond ? 'voucher_already_accepted' : undefined
  }
  const returnsAt = await returnsAtOf(deps, taken)
  if (returnsAt === undefined) return 'voucher_ended'
  if (acceptedAt.earliest >= claims.exp || merchant.at >= returnsAt) return 'voucher_late'
  return payWithout(deps, taken)
}

/** Undefined: it had ended before its account did. Of an account that a restored backup does not know at all, it tells nothing: its signature counts. */
async function returnsAtOf(deps: Deps, { claims }: Taken): Promise<number | undefined> {
  const accountId = claims.sub as AccountId
  const left = await readLeft(deps.db, { accountId, voucherId: claims.jti })
  if (left) return left.returnsAt
  const restoredAt = await deps.recovery.restoredAt()
  const account = restoredAt === undefined ? undefined : await readAccount(deps.db, accountId)
  if (restoredAt === undefined || account?.deletedAt == null || account.nextSeq > 1) return undefined
  return Math.min(restoredAt, claims.exp) + SETTLEMENT_WINDOW_MS
}

async function payWithout(deps: Deps, { claims, acceptance }: Taken): Promise<Refusal> {
  const { command, merchant } = acceptance
  const paid = {
    accountId: claims.sub as AccountId,
    voucherId: claims.jti,
    merchantAccountId: merchant.account.accountId,
    commandId: command.id,
  }
  const { at } = merchant
  await insertAwaited(deps.db, { ...paid, points: claims.points, since: at, paidAt: at })
  return isFirst(await readAwaited(deps.db, paid.accountId), paid) ? undefined : 'voucher_already_accepted'
}
