/**
 * What a deleted account leaves at the shops: vouchers that a till without a network may have taken, or still takes. Deleting is giving back: an
 * acceptance counts if it arrives in time, and what nobody took goes back to its offer.
 */
import type { AccountId, OfferId, VoucherId } from '../../src/domain/base/ids.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import type { AccountWithState } from '../storage/accounts.ts'
import { readAwaited } from '../storage/awaited.ts'
import { readOpenSettlements } from '../storage/crossings.ts'
import { dropLeft, type LeftVoucher, readLeftBefore, readLeftOf } from '../storage/left-vouchers.ts'
import { readRecordsOf } from '../storage/records.ts'
import { readCrossing } from '../storage/settlements-of-before.ts'
import { insertEnded } from '../storage/voucher-ends.ts'
import { each } from './each.ts'
import { forgottenIn } from './forgotten.ts'
import { ledgerOf } from './ledger-of.ts'
import { giveBack } from './stock.ts'

/** A sweep is a short piece of work between requests; what is left waits for the next. */
const VOUCHERS_PER_SWEEP = 200

/** Of an account that lives: its open vouchers, and those whose shop has its record still to come. */
export async function leftBy(deps: Deps, account: AccountWithState): Promise<LeftVoucher[]> {
  const { accountId } = account
  const { vouchers } = (await ledgerOf(deps.db, account)).ledger
  const ids = new Set([...Object.keys(vouchers), ...(await settling(deps, accountId))])
  const now = deps.now()
  return (await readRecordsOf(deps.db, accountId, [...ids])).flatMap(({ commandId: voucherId, detail }) => {
    const voucher = openDetail(detail)?.voucher
    if (!voucher) return []
    const { merchantId, code, token, expiresAt } = voucher
    const returnsAt =
      vouchers[voucherId as VoucherId]?.returnsAt ?? Math.min(now, expiresAt) + SETTLEMENT_WINDOW_MS
    return [{ accountId, voucherId, merchantId, code, token, expiresAt, returnsAt }]
  })
}

async function settling({ db }: Deps, accountId: AccountId): Promise<string[]> {
  const prefix = settleIdOf('')
  return (await readOpenSettlements(db, accountId)).map(({ crossingId }) => crossingId.slice(prefix.length))
}

/** The tills have to know. Done twice, it does nothing more. */
export async function tellLeft({ db }: Deps, accountId: AccountId): Promise<void> {
  for (const { merchantId, voucherId, expiresAt } of await readLeftOf(db, accountId))
    await insertEnded(db, { merchantId, voucherId, expiresAt, acceptedBy: null })
}

export async function sweepLeft(deps: Deps): Promise<void> {
  // What arrived at the last moment has its row by then.
  const before = deps.now() - STALE_CLAIM_MS
  await each(deps, await readLeftBefore(deps.db, before, VOUCHERS_PER_SWEEP), (row) => letGo(deps, row))
}

async function letGo(deps: Deps, row: LeftVoucher): Promise<void> {
  const { accountId, token } = row
  const voucherId = row.voucherId as VoucherId
  const offerId = (forgottenIn(token)?.offer ?? null) as OfferId | null
  if (!(await isTaken(deps, row))) await giveBack(deps, { accountId, voucherId, offerId })
  await dropLeft(deps.db, row)
}

async function isTaken({ db }: Deps, { accountId, voucherId }: LeftVoucher): Promise<boolean> {
  if (await readCrossing(db, { accountId, crossingId: settleIdOf(voucherId) })) return true
  return (await readAwaited(db, accountId)).some((row) => row.voucherId === voucherId)
}
