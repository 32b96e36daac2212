/**
 * A shop gave back to a holder who is gone: nobody is left to spend the points. The sponsor follows in the holder's place, and gives them back to
 * who issued them, like points whose month has ended; the voucher's piece goes back to its offer.
 */
import { refundedIdOf } from '../../src/domain/kinds/voucher-refunded.ts'
import type { Transfer } from '../../src/domain/ledger/transfer.ts'
import type { Deps } from '../base/deps.ts'
import type { CrossingRow } from '../storage/crossings.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { SIDES, valueInto } from './crossing.ts'
import { openSponsor } from './sponsor.ts'
import { giveBack } from './stock.ts'
import { draft } from './writing.ts'

/** Once a refund. Done twice, it does nothing more. */
export async function takeInRefund(
  deps: Deps,
  { accountId, crossingId, followerId, followerRecord: id }: CrossingRow,
): Promise<void> {
  const driver = await readRecordOf(deps.db, accountId, crossingId)
  if (!driver || followerId === null || id === null) throw new Error(`nothing drives ${crossingId}`)
  const sponsor = await openSponsor(deps)
  const points = valueInto(SIDES.refund, driver)
  const transfers: Transfer[] = [{ asset: 'points', debit: 'merchant', credit: 'issuance', amount: points }]
  await changeAccount(deps, sponsor, async (writing) => {
    if ((await readKnown(deps.db, sponsor, [id])).has(id)) return
    draft(writing, {
      by: 'step',
      id,
      kind: 'voucher.refunded',
      outcome: 'accepted',
      transfers: points > 0 ? transfers : [],
      // Not about the voucher: that is none of the sponsor's, and what it held is given back below.
      detail: { settled: { account: accountId, command: crossingId } },
    })
  })
  const voucherId = id.slice(refundedIdOf('').length)
  await giveBack(deps, { accountId: followerId, voucherId, offerId: null })
}
