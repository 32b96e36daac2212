/**
 * What a follower is given by a step of the backend's own: a donation, a refund, a payout. Its id is derived from what crosses, so that it is
 * given once, by the request that set it going or by the sweeper after a crash.
 */
import type { AccountId, OfferId, VoucherId } from '../../src/domain/base/ids.ts'
import { donationIdOf } from '../../src/domain/kinds/donation-receive.ts'
import { payoutReceiveId } from '../../src/domain/kinds/payout.ts'
import { refundedIdOf, refundedStep } from '../../src/domain/kinds/voucher-refunded.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import type { Transfer } from '../../src/domain/ledger/transfer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import type { CrossingKind, CrossingRow } from '../storage/crossings.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { draftDueSteps } from './sweep-account.ts'
import { draftStep, type Writing } from './writing.ts'

/** As they stand in a crossing's row until the follower has them. */
interface Gifts {
  readonly donation: NonNullable<RecordDetail['donation']>
  readonly refund: {
    readonly voucherId: string
    readonly offerId: string
    /** Who gives back, and by which record. */
    readonly account: string
    readonly command: string
  }
  readonly payout: { readonly statement: string; readonly fen: number }
}

type Given = Exclude<CrossingKind, 'settle'>

const FOLLOWERS: { readonly [Each in Given]: (gift: Gifts[Each]) => string } = {
  donation: ({ voucherId }) => donationIdOf(voucherId),
  refund: ({ voucherId }) => refundedIdOf(voucherId),
  payout: ({ statement }) => payoutReceiveId(statement),
}

/** The row that stands beside the driver's record. */
export function crossingTo<Each extends Given>(
  kind: Each,
  gift: Gifts[Each],
  { driver, follower }: { driver: Pick<CrossingRow, 'accountId' | 'crossingId' | 'at'>; follower: AccountId },
): CrossingRow {
  const followerRecord = FOLLOWERS[kind](gift)
  const step = canonicalJson(gift)
  return {
    ...driver,
    kind,
    followerId: follower,
    followerRecord,
    step,
    sent: null,
    state: 'open',
    reason: null,
  }
}

/** Nothing when the follower has it, or cannot have it yet. */
export async function giveStep(deps: Deps, kind: Given, accountId: AccountId, text: string): Promise<void> {
  // After a restored backup the follower's phone may hold what the backend has forgotten: it is heard first.
  if (await deps.recovery.isHeld(accountId)) return
  const gift: unknown = JSON.parse(text)
  if (kind === 'donation') await giveDonation(deps, accountId, gift as Gifts['donation'])
  else if (kind === 'refund') await giveRefund(deps, accountId, gift as Gifts['refund'])
  else await givePayout(deps, accountId, gift as Gifts['payout'])
}

/** What is due comes first, so that an earlier day of the follower is closed. */
async function once(
  deps: Deps,
  accountId: AccountId,
  { id, give }: { id: string; give: (writing: Writing) => Promise<void> },
): Promise<void> {
  await changeAccount(deps, accountId, async (writing) => {
    if ((await readKnown(deps.db, accountId, [id])).has(id)) return
    draftDueSteps(writing)
    await give(writing)
  })
}

async function giveDonation(deps: Deps, accountId: AccountId, donation: Gifts['donation']): Promise<void> {
  const id = donationIdOf(donation.voucherId)
  await once(deps, accountId, { id, give: async (writing) => draftDonation(writing, donation) })
}

export function draftDonation(
  writing: Writing,
  donation: Gifts['donation'],
  told: Pick<RecordDetail, 'provenAt'> = {},
): void {
  const { voucherId, pricePoints, valueFen } = donation
  const transfers: Transfer[] = [
    { asset: 'points', debit: 'merchant', credit: 'available', amount: pricePoints },
    ...paidFen(valueFen),
  ]
  const step = { id: donationIdOf(voucherId), kind: 'donation.receive', transfers } as const
  draftStep(writing, step, { told: { donation, ...told } })
}

/** What a shop is owed for a voucher or a donation, from now on. */
export function paidFen(valueFen: number): Transfer[] {
  return valueFen > 0 ? [{ asset: 'fen', debit: 'issuance', credit: 'available', amount: valueFen }] : []
}

async function giveRefund(deps: Deps, accountId: AccountId, gift: Gifts['refund']): Promise<void> {
  const id = refundedIdOf(gift.voucherId)
  await once(deps, accountId, { id, give: (writing) => draftRefunded(deps, writing, gift) })
}

/** Without the settlement the backend has forgotten which lots the points came from: it comes back, and then so do they. */
export async function draftRefunded(
  deps: Deps,
  writing: Writing,
  gift: Gifts['refund'],
  told: Pick<RecordDetail, 'provenAt'> = {},
): Promise<void> {
  const { account, ledger, at: now, drafts } = writing
  const { accountId } = account
  const voucherId = gift.voucherId as VoucherId
  const settled = settleIdOf(voucherId)
  const drafted = drafts.find(({ row }) => row.commandId === settled)?.row
  const row = drafted ?? (await readRecordOf(deps.db, accountId, settled))
  if (!row) return
  const settlement = { body: openBody(row.body), detail: openDetail(row.detail) }
  const { offerId, account: shop, command } = gift
  const had = await hadBy(deps, accountId, voucherId)
  draftStep(writing, refundedStep(voucherId, settlement, { ledger, now }), {
    told: { refunded: { account: shop, command, offerId, ...(had ? { had } : {}) }, ...told },
    stockReturn: { accountId, voucherId, offerId: offerId as OfferId },
  })
}

/** What the voucher counted for in its holder's limits, and when. */
async function hadBy(
  { db }: Deps,
  accountId: AccountId,
  voucherId: VoucherId,
): Promise<{ fen: number; at: number } | undefined> {
  const row = await readRecordOf(db, accountId, voucherId)
  const voucher = openDetail(row?.detail)?.voucher
  return row && voucher && { fen: voucher.offer.valueFen, at: row.postedAt }
}

async function givePayout(deps: Deps, accountId: AccountId, payout: Gifts['payout']): Promise<void> {
  const id = payoutReceiveId(payout.statement)
  await once(deps, accountId, { id, give: async (writing) => draftPayout(writing, payout) })
}

/** @param owed of it, what was paid and the statement does not say: the shop's debt, until its next statement. */
export function draftPayout(
  writing: Writing,
  { statement, fen, owed = 0 }: Gifts['payout'] & { readonly owed?: number },
  told: Pick<RecordDetail, 'provenAt'> = {},
): void {
  const parts: Transfer[] = [
    { asset: 'fen', debit: 'transit', credit: 'paid', amount: fen },
    { asset: 'fen', debit: 'held', credit: 'issuance', amount: fen - owed },
    { asset: 'fen', debit: 'owed', credit: 'issuance', amount: owed },
  ]
  const transfers = parts.filter(({ amount }) => amount > 0)
  const id = payoutReceiveId(statement)
  draftStep(writing, { id, kind: 'payout.receive', about: statement, transfers }, { told })
}
