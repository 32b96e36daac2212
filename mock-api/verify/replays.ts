/**
 * The same trip once more, with other times or changed: found by what its pace has in common with acts of this and of other accounts. A few of an
 * act's landmarks lead to those that may be meant; all of them, from the act's own record, decide. Written before the append, so that no act that stands
 * is without; what stands is asked of the record, so that one too many harms nobody. Two requests at the same moment may both pass: the track's
 * digest and the caps still hold.
 */
import type { AccountId, CommandId } from '../../src/domain/base/ids.ts'
import type { Reason } from '../../src/domain/base/reason.ts'
import { DAY_MS, type Instant } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { landmarksIn } from '../../src/domain/evidence/landmarks.ts'
import { tempoKeysIn } from '../../src/domain/evidence/tempo.ts'
import { askedIn, openDetail } from '../../src/domain/ledger/open-record.ts'
import { motionIn, type Other, whyReplayed } from '../../src/domain/methodology/motion.ts'
import type { Pack } from '../../src/domain/methodology/pack.ts'
import type { Deps } from '../base/deps.ts'
import type { Queryable } from '../storage/db.ts'
import { readRecordOf } from '../storage/records.ts'
import { dropBandsOf, dropOldBands, insertBands, readBandActs } from '../storage/track-bands.ts'
import { isStandingAct } from './standing.ts'

/** Longer than a season's ride is worth keeping for. */
const COMPARED_MS = 400 * DAY_MS
/** Of a trip's landmarks: those by which it is looked up. The smallest, as a copy has them too. */
const BANDS = 24
/** Fewer in common are chance. */
const BANDS_SHARED_MIN = 2
/** Acts that are compared with one: a copy has far more in common with its original than anything else has. */
const COMPARED_MAX = 10
/** Small rows of no use to anybody any more: more than a busy minute leaves behind. */
const ROWS_PER_SWEEP = 2000

export interface MovedAct {
  readonly id: CommandId
  readonly claim: ActivityClaim
}

/** Those at a tempo by a letter that no landmark has. */
function bandsOf(claim: ActivityClaim): string[] {
  const { landmarks = '', tempo = '' } = motionIn(claim) ?? {}
  return [...landmarksIn(landmarks).slice(0, BANDS), ...tempoKeysIn(tempo).map((key) => `t${key}`)]
}

/** `before`: acts that stand in the batch that is being decided, which no record tells of yet. */
export async function findReplay(
  deps: Deps,
  accountId: AccountId,
  { act, before, pack }: { act: MovedAct; before: readonly MovedAct[]; pack: Pack },
): Promise<Reason | undefined> {
  const why = (other: Other) => whyReplayed(act.claim, other, pack)
  const landmarks = bandsOf(act.claim)
  if (landmarks.length === 0) return undefined
  for (const { claim } of before) {
    const reason = why({ claim, isOwn: true })
    if (reason) return reason
  }
  const since = deps.now() - COMPARED_MS
  const wish = { landmarks, since, sharedMin: BANDS_SHARED_MIN, limit: COMPARED_MAX }
  for (const found of await readBandActs(deps.db, wish)) {
    if (found.activityId === act.id) continue
    const claim = await standingClaim(deps.db, found.accountId as AccountId, found.activityId)
    const reason = claim && why({ claim, isOwn: found.accountId === accountId })
    if (reason) return reason
  }
  return undefined
}

async function standingClaim(
  db: Queryable,
  accountId: AccountId,
  activityId: string,
): Promise<ActivityClaim | undefined> {
  const record = await readRecordOf(db, accountId, activityId)
  const claim = askedIn('activity.record', openDetail(record?.detail))
  return claim && (await isStandingAct(db, accountId, activityId)) ? claim : undefined
}

/** For an act that stands, or will once it is appended. */
export async function keepBands(db: Queryable, accountId: AccountId, { id, claim }: MovedAct): Promise<void> {
  await insertBands(db, { accountId, activityId: id, at: claim.startedAt }, bandsOf(claim))
}

/** For acts that came to nothing after all. */
export async function dropBands(
  db: Queryable,
  accountId: AccountId,
  acts: readonly MovedAct[],
): Promise<void> {
  for (const { id, claim } of acts) await dropBandsOf(db, { accountId, activityId: id }, bandsOf(claim))
}

export async function sweepBands({ db, now }: { db: Queryable; now: () => Instant }): Promise<void> {
  await dropOldBands(db, now() - COMPARED_MS, ROWS_PER_SWEEP)
}
