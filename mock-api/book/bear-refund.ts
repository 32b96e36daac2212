/**
 * A dispute was upheld against a branch whose account is gone: nobody is left to give back, so the sponsor does in its place. Its journal drives as
 * the branch's would have, and what it owes from then on is what the programme bears; the holder's points follow as from any shop.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { refundedIdOf } from '../../src/domain/kinds/voucher-refunded.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import type { Transfer } from '../../src/domain/ledger/transfer.ts'
import type { Deps } from '../base/deps.ts'
import { type CrossingRow, hasCrossingTo } from '../storage/crossings.ts'
import type { DisputeKey } from '../storage/disputes.ts'
import { findClaim } from '../storage/offer-claims.ts'
import { type RecordRow, readRecordOf } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { followSteps } from './follow.ts'
import { crossingTo } from './give-step.ts'
import { isRefunded } from './refund.ts'
import { openSponsor } from './sponsor.ts'
import type { TailRecord } from './tail-check.ts'
import { draft } from './writing.ts'

interface Borne {
  readonly branch: AccountId
  readonly acceptanceId: string
  readonly offerId: string
  readonly points: number
  readonly fen: number
}

/** Once a voucher. False: its holder's journal does not say (yet) what the shop was paid. `act`: of the office's record. */
export async function bearRefund(
  deps: Deps,
  { accountId, voucherId }: DisputeKey,
  act?: string,
): Promise<boolean> {
  const borne = await borneBy(deps, { accountId, voucherId })
  if (!borne) return false
  const { branch, acceptanceId, offerId, points, fen } = borne
  // It had given back before it went.
  if (await hasCrossingTo(deps.db, branch, refundedIdOf(voucherId))) return true
  const sponsor = await openSponsor(deps)
  const id = `voucher.refund:${voucherId}`
  const crossing = await changeAccount(deps, sponsor, async (writing): Promise<CrossingRow | undefined> => {
    if (await isRefunded(deps, writing, voucherId)) return undefined
    const gift = { voucherId, offerId, account: sponsor, command: id }
    const driver = { accountId: sponsor, crossingId: id, at: writing.at }
    const crossing = crossingTo('refund', gift, { driver, follower: accountId })
    draft(writing, {
      by: 'operator',
      act,
      id,
      kind: 'voucher.refund',
      outcome: 'accepted',
      transfers: borneTransfers({ points, fen }),
      detail: { about: voucherId, settled: { account: branch, command: acceptanceId } },
      crossing,
    })
    return crossing
  })
  if (crossing) await followSteps(deps, [crossing])
  return true
}

/** The sponsor has neither: it owes both from then on. */
function borneTransfers({ points, fen }: Pick<Borne, 'points' | 'fen'>): Transfer[] {
  const transfers: Transfer[] = [
    { asset: 'points', debit: 'owed', credit: 'merchant', amount: points },
    { asset: 'fen', debit: 'owed', credit: 'issuance', amount: fen },
  ]
  return transfers.filter(({ amount }) => amount > 0)
}

/** The branch's own words are gone: by the holder's journal, and where that has only the settlement, by the piece that was claimed. */
async function borneBy({ db }: Deps, { accountId, voucherId }: DisputeKey): Promise<Borne | undefined> {
  const settlement = await readRecordOf(db, accountId, settleIdOf(voucherId))
  const settled = openDetail(settlement?.detail)?.settled
  const bought = openDetail((await readRecordOf(db, accountId, voucherId))?.detail)?.voucher
  const claim = bought ? undefined : await findClaim(db, { accountId, claimId: voucherId })
  const offerId = bought?.offerId ?? claim?.offerId
  if (!settlement || !settled || offerId === undefined) return undefined
  const { account, command: acceptanceId } = settled
  const fen = bought?.offer.valueFen ?? claim?.valueFen ?? 0
  return { branch: account as AccountId, acceptanceId, offerId, points: pointsOf(settlement), fen }
}

function pointsOf({ body }: RecordRow): number {
  return openBody(body).transfers.reduce(
    (sum, { asset, credit, amount }) => sum + (asset === 'points' && credit === 'merchant' ? amount : 0),
    0,
  )
}

/** A holder's journal came back that says the sponsor gave back: so is the sponsor's side again, which no phone brings back. */
export async function bearAgain(
  deps: Deps,
  holder: AccountId,
  records: readonly TailRecord[],
): Promise<void> {
  const refunds = records.filter(({ body, detail }) => body.kind === 'voucher.refunded' && detail.refunded)
  if (refunds.length === 0) return
  const sponsor = await openSponsor(deps)
  for (const { detail } of refunds)
    if (detail.refunded?.account === sponsor && detail.about !== undefined)
      await bearRefund(deps, { accountId: holder, voucherId: detail.about })
}
