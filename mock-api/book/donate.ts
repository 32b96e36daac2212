/** What is given goes to who receives it at once: their account follows, by a record that the giver's names. */
import type { CommandId } from '../../src/domain/base/ids.ts'
import { donationIdOf } from '../../src/domain/kinds/donation-receive.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import type { Deps } from '../base/deps.ts'
import type { CrossingRow } from '../storage/crossings.ts'
import { openBeneficiary } from './beneficiary.ts'
import { crossingTo } from './give-step.ts'
import type { Writing } from './writing.ts'

/** What the giver's record says of it, and what it sets going. */
interface Donated {
  readonly detail: Pick<RecordDetail, 'settled'>
  readonly crossing: CrossingRow
}

export async function donate(
  deps: Deps,
  writing: Writing,
  { voucherId, offer }: { voucherId: CommandId; offer: Offer },
): Promise<Donated> {
  const { id: offerId, version: offerVersion, pricePoints, valueFen } = offer
  const account = await openBeneficiary(deps, offer)
  const donation = { voucherId, offerId, offerVersion, pricePoints, valueFen }
  const driver = { accountId: writing.account.accountId, crossingId: voucherId, at: writing.at }
  const crossing = crossingTo('donation', donation, { driver, follower: account })
  return { detail: { settled: { account, command: donationIdOf(voucherId) } }, crossing }
}
