/** What goes when an account goes: all that is personal, in its tables and under its phone. Done twice, it does nothing more. */
import type { Instant } from '../../src/domain/base/time.ts'
import type { Deps } from '../base/deps.ts'
import { PHONE_REST_MS } from '../base/limits.ts'
import { type AccountRow, markDeleted } from '../storage/accounts.ts'
import { dropAllPutOffs } from '../storage/awaited.ts'
import { endAllConsents } from '../storage/consents.ts'
import { dropAllDays } from '../storage/day-acts.ts'
import { dropDisputes } from '../storage/disputes.ts'
import { dropAllHelpers, dropHelperCodes } from '../storage/helping.ts'
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
import { placeReturn } from './planting-places.ts'
import { routeConsents } from './route-consents.ts'

/** `at`: when it was asked for, which after a restored backup is a while ago. */
export async function eraseAccount(deps: Deps, before: AccountRow, at: Instant): Promise<void> {
  const { accountId, phoneKey } = before
  await dropAllBands(deps.db, accountId)
  await deps.db.transaction(async (tx) => {
    if (!(await markDeleted(tx, accountId, at))) return
    await dropAllDays(tx, accountId)
    await dropDetails(tx, accountId)
    await dropReviews(tx, accountId)
    await dropVoices(tx, accountId)
    await dropScores(tx, accountId)
    await dropPickups(tx, accountId)
    // The places go to others, after the transaction.
    for (const { joinId, dayId } of await readOpenSignUps(tx, accountId))
      await insertReturn(tx, placeReturn(accountId, joinId, dayId), at)
    await dropSignUps(tx, accountId)
    await dropDisputes(tx, accountId)
    await dropDevices(tx, accountId)
    await dropAllHelpers(tx, accountId)
    await dropTills(tx, accountId)
    await dropTails(tx, accountId)
    await dropAllPutOffs(tx, accountId)
    await dropHeard(tx, accountId)
    await endAllConsents(tx, accountId, at)
  })
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
