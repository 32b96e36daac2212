/** What falls due without anybody asking: ends of vouchers and lots, and what a crash left open. Done twice, it does nothing more. */

import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { Deps } from '../base/deps.ts'
import { IDLE_PICTURE_MS, OPERATOR_SESSION_MS, SESSION_IDLE_MS, SESSION_MAX_MS } from '../base/limits.ts'
import { faultOf } from '../base/log.ts'
import { readDueAccounts } from '../storage/accounts.ts'
import { isAway } from '../storage/errors.ts'
import { dropOldHelperCodes } from '../storage/helping.ts'
import { dropOldLinkCodes } from '../storage/links.ts'
import { dropIdlePictures } from '../storage/offer-pictures.ts'
import { dropOldOperatorSessions } from '../storage/operator-sessions.ts'
import { dropOldChallenges } from '../storage/passkeys.ts'
import { dropOldCodes, dropRestedPhones } from '../storage/phones.ts'
import { dropOldLimits } from '../storage/rate-limits.ts'
import { dropDevice, dropEndedSessions, readEndedDevices } from '../storage/sessions.ts'
import { dropTail, readStaleTails } from '../storage/tails.ts'
import { dropOldTillCodes } from '../storage/tills.ts'
import { sweepBands } from '../verify/replays.ts'
import { sweepTracks } from '../verify/tracks.ts'
import { changeAccount } from './append.ts'
import { sweepAwaited } from './awaited.ts'
import { sweepDisputes } from './decide-dispute.ts'
import { sweepEntries } from './draw-entries.ts'
import { sweepDraws } from './draws.ts'
import { each } from './each.ts'
import { sweepLeft } from './left-vouchers.ts'
import { sweepReports } from './post-reports.ts'
import { sweepConsents } from './route-consents.ts'
import { tellSignUps } from './sign-ups.ts'
import { sweepClaims, sweepReturns } from './stock.ts'
import { draftDueSteps } from './sweep-account.ts'
import { sweepCrossings } from './sweep-crossings.ts'
import { sweepOffice } from './sweep-office.ts'
import { sweepEnds } from './voucher-ends.ts'
import { sweepNumbers } from './voucher-number.ts'

/** A sweep is a short piece of work between requests; what is left waits for the next. */
const ACCOUNTS_PER_SWEEP = 200
/** Small rows of no use to anybody any more: more than a busy minute leaves behind. */
const ROWS_PER_SWEEP = 2000

/** `mayGoOn`: asked before each part; false ends it, and another process goes on. */
export async function sweep(deps: Deps, mayGoOn: () => Promise<boolean> = async () => true): Promise<void> {
  for (const part of [
    sweepDue,
    sweepConsents,
    sweepReports,
    tellSignUps,
    sweepCrossings,
    sweepOffice,
    sweepDisputes,
    sweepAwaited,
    sweepClaims,
    sweepReturns,
    sweepLeft,
    sweepEnds,
    sweepNumbers,
    sweepEntries,
    sweepDraws,
    sweepTracks,
    sweepBands,
    endSessions,
    tidyUp,
  ]) {
    try {
      if (!(await mayGoOn())) return
      await part(deps)
    } catch (error) {
      // The other parts do not wait for this one to be mended, but for the database; the next sweep tries it again.
      deps.log('error', 'sweep', { fault: faultOf(error) })
      if (isAway(error)) return
    }
  }
}

async function sweepDue(deps: Deps): Promise<void> {
  const heardSince = await deps.recovery.restoredAt()
  const accounts = await readDueAccounts(deps.db, { now: deps.now(), limit: ACCOUNTS_PER_SWEEP, heardSince })
  await each(deps, accounts, (accountId) =>
    changeAccount(deps, accountId, async (writing) => draftDueSteps(writing)),
  )
}

/** A session's own row goes with its place in the account's list. */
async function endSessions(deps: Deps): Promise<void> {
  const ends = { idle: deps.now() - SESSION_IDLE_MS, total: deps.now() - SESSION_MAX_MS }
  await dropEndedSessions(deps.db, ends, ROWS_PER_SWEEP)
  const devices = await readEndedDevices(deps.db, ends, ACCOUNTS_PER_SWEEP)
  await each(deps, devices, ({ accountId, deviceId }) => dropDevice(deps.db, accountId, deviceId))
}

async function tidyUp(deps: Deps): Promise<void> {
  await dropOldCodes(deps.db, deps.now() - HOUR_MS, ROWS_PER_SWEEP)
  await dropOldLinkCodes(deps.db, deps.now(), ROWS_PER_SWEEP)
  await dropOldHelperCodes(deps.db, deps.now(), ROWS_PER_SWEEP)
  await dropOldTillCodes(deps.db, deps.now(), ROWS_PER_SWEEP)
  await dropRestedPhones(deps.db, deps.now(), ROWS_PER_SWEEP)
  await dropOldChallenges(deps.db, deps.now(), ROWS_PER_SWEEP)
  await dropOldOperatorSessions(deps.db, deps.now() - OPERATOR_SESSION_MS, ROWS_PER_SWEEP)
  await dropIdlePictures(deps.db, deps.now() - IDLE_PICTURE_MS)
  await dropOldLimits(deps.db, deps.now() - 2 * DAY_MS, ROWS_PER_SWEEP)
  for (const tail of await readStaleTails(deps.db, deps.now() - HOUR_MS, ACCOUNTS_PER_SWEEP))
    await dropTail(deps.db, tail)
  await deps.keyring.renew()
}
