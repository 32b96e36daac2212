/** What goes when an account goes: all that is personal, in its tables and under its phone. Done twice, it does nothing more. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Deps } from '../base/deps.ts'
import { APPEND_ATTEMPTS_MAX, PHONE_REST_MS } from '../base/limits.ts'
import { type AccountRow, markDeleted, readAccountWithState } from '../storage/accounts.ts'
import { dropAllPutOffs } from '../storage/awaited.ts'
import { endAllConsents } from '../storage/consents.ts'
import { dropAllDays } from '../storage/day-acts.ts'
import type { Queryable } from '../storage/db.ts'
import { dropDisputes } from '../storage/disputes.ts'
import { dropAllHelpers, dropHelperCodes } from '../storage/helping.ts'
import { insertLeft, type LeftVoucher } from '../storage/left-vouchers.ts'
import { dropCodes, restPhone } from '../storage/phones.ts'
import { dropPickups } from '../storage/pickups.ts'
import { dropDetails } from '../storage/records.ts'
import { dropHeard } from '../storage/restores.ts'
import { dropReviews } from '../storage/reviews.ts'
import { dropDevices, emptySessions } from '../storage/sessions.ts'
import { dropSignUps, readOpenSignUps } from '../storage/sign-ups.ts'
import { insertReturn } from '../storage/stock-returns.ts'
import { dropTails } from '../storage/tails.ts'
import { dropTills } from '../storage/tills.ts'
import { dropAllBands } from '../storage/track-bands.ts'
import { dropScores } from '../storage/voice-scores.ts'
import { dropVoices } from '../storage/voices.ts'
import { BookError } from './errors.ts'
import { leftBy, tellLeft } from './left-vouchers.ts'
import { placeReturn } from './planting-places.ts'
import { routeConsents } from './route-consents.ts'

const PERSONAL: readonly ((tx: Queryable, accountId: AccountId) => Promise<void>)[] = [
  dropAllDays,
  dropDetails,
  dropReviews,
  dropVoices,
  dropScores,
  dropPickups,
  dropSignUps,
  dropDisputes,
  dropDevices,
  dropAllHelpers,
  dropTills,
  dropTails,
  dropAllPutOffs,
  dropHeard,
]

/** `at`: when it was asked for, which after a restored backup is a while ago. Throws `contended` where the account does not come to rest. */
export async function eraseAccount(deps: Deps, before: AccountRow, at: Instant): Promise<void> {
  const { accountId, phoneKey } = before
  await dropAllBands(deps.db, accountId)
  await untilErased(deps, accountId, at)
  await tellLeft(deps, accountId)
  // Once more, of an append that was under way.
  await dropAllBands(deps.db, accountId)
  await routeConsents(deps, accountId)
  await emptySessions(deps.db, accountId)
  await dropHelperCodes(deps.db, accountId)
  // The phone last: a crash before this leaves a binding to a deleted account, which the next sign-in replaces.
  if (phoneKey === null) return
  await restPhone(deps.db, { phoneKey, accountId, until: at + PHONE_REST_MS })
  await dropCodes(deps.db, phoneKey)
}

async function untilErased(deps: Deps, accountId: AccountId, at: Instant): Promise<void> {
  for (let attempt = 1; attempt <= APPEND_ATTEMPTS_MAX; attempt++) {
    const account = await readAccountWithState(deps.db, accountId)
    if (!account || account.deletedAt !== null) return
    const left = await leftBy(deps, account)
    if (await deps.db.transaction((tx) => eraseIn(tx, { account, left, at }))) return
  }
  throw new BookError('contended')
}

/** False: the account has gone on since it was read, so that what it leaves is to be looked at again. */
async function eraseIn(
  tx: Queryable,
  { account, left, at }: { account: AccountRow; left: readonly LeftVoucher[]; at: Instant },
): Promise<boolean> {
  const { accountId } = account
  if (!(await markDeleted(tx, account, at))) return false
  for (const voucher of left) await insertLeft(tx, voucher)
  // The places go to others, after the transaction.
  for (const { joinId, dayId } of await readOpenSignUps(tx, accountId))
    await insertReturn(tx, placeReturn(accountId, joinId, dayId), at)
  for (const drop of PERSONAL) await drop(tx, accountId)
  await endAllConsents(tx, accountId, at)
  return true
}
