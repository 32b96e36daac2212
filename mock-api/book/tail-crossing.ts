/**
 * The crossing of a driver's record that came back with its journal. A shop's own command cannot be given again: its record is awaited, and
 * newer journals name the shop's account and command, older ones do not. A step can: the follower is given it, which is nothing if they have it.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import type { CrossingRow } from '../storage/crossings.ts'
import { crossingTo } from './give-step.ts'

export function crossingIn(
  accountId: AccountId,
  body: RecordBody,
  detail: RecordDetail,
): CrossingRow | undefined {
  if (body.outcome !== 'accepted') return undefined
  const { id: crossingId, kind, at } = body
  const driver = { accountId, crossingId, at }
  if (kind === 'voucher.settle') return awaitedShop(driver, detail)
  if (kind === 'voucher.redeem') return donationIn(driver, detail)
  if (kind === 'voucher.refund') return refundIn(driver, detail)
  return undefined
}

type Driver = Pick<CrossingRow, 'accountId' | 'crossingId' | 'at'>

function awaitedShop(driver: Driver, { settled }: RecordDetail): CrossingRow {
  return {
    ...driver,
    kind: 'settle',
    followerId: (settled?.account as AccountId | undefined) ?? null,
    followerRecord: settled?.command ?? null,
    step: null,
    sent: null,
    state: 'open',
    reason: null,
  }
}

/** Before 2026-11-29 nobody was credited, and no record names anybody. */
function donationIn(driver: Driver, { voucher, settled }: RecordDetail): CrossingRow | undefined {
  if (!voucher || !settled) return undefined
  const { offerId, offerVersion, pricePoints, offer } = voucher
  const { valueFen } = offer
  const donation = { voucherId: driver.crossingId, offerId, offerVersion, pricePoints, valueFen }
  return crossingTo('donation', donation, { driver, follower: settled.account as AccountId })
}

function refundIn(driver: Driver, { refund }: RecordDetail): CrossingRow | undefined {
  if (!refund) return undefined
  const { voucherId, offerId, holder } = refund
  const { accountId: account, crossingId: command } = driver
  return crossingTo(
    'refund',
    { voucherId, offerId, account, command },
    { driver, follower: holder as AccountId },
  )
}
