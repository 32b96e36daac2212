/**
 * What a provider is told, when it asks (RFC 8936): what was booked or called off, whose consent ended, and which handle it has still to confirm.
 * Said again until it says that it has understood.
 */
import { FEED_EVENT, type PollAnswer, SETS_MAX } from '../../src/contract/report.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { askedIn, openDetail } from '../../src/domain/ledger/open-record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { signJws } from '../../src/proof/keys.ts'
import { REPORT_TYP } from '../../src/proof/report-token.ts'
import { secondsUp } from '../../src/proof/seconds.ts'
import type { Deps } from '../base/deps.ts'
import { dropNotice, type Notice, readNotices } from '../storage/links.ts'
import { dropPickupNotice, type PickupRow, readPickupNotices } from '../storage/pickups.ts'
import { readRecordOf } from '../storage/records.ts'
import { dropSignUpNotice, readSignUpNotices, type SignUpRow } from '../storage/sign-ups.ts'

interface Poll {
  readonly ack?: readonly string[]
  readonly maxEvents?: number
}

interface Told {
  readonly jti: string
  readonly handle: string
  /** When it came about. Absent: it is only asked for. */
  readonly at?: Instant
  readonly events: object
}

export async function pollFeed(
  deps: Deps,
  providerId: string,
  { ack = [], maxEvents = SETS_MAX }: Poll,
): Promise<PollAnswer> {
  for (const jti of ack) await understood(deps, providerId, jti)
  const pickups = await readPickupNotices(deps.db, providerId, maxEvents + 1)
  const signUps = await readSignUpNotices(deps.db, providerId, maxEvents + 1)
  const links = await readNotices(deps.db, providerId, maxEvents + 1)
  // What a person has booked is waited for.
  const all = [
    ...(await Promise.all(pickups.map((row) => toldOfPickup(deps, row)))),
    ...signUps.map(toldOfSignUp),
    ...links.map(toldOfLink),
  ]
  const told = all.slice(0, maxEvents)
  const sets = await Promise.all(
    told.map(async (each) => [each.jti, await sign(deps, providerId, each)] as const),
  )
  return { sets: Object.fromEntries(sets), moreAvailable: all.length > told.length }
}

const ASKED = '.link'
const BOOKED = '.pickup'
const SIGNED_UP = '.planting'

/** The end of a link is another message than the wish for it. */
function toldOfLink({ linkKey, handle, endedAt }: Notice): Told {
  if (endedAt === null) return { jti: linkKey + ASKED, handle, events: { [FEED_EVENT.asked]: {} } }
  return { jti: linkKey, handle, at: endedAt, events: { [FEED_EVENT.ended]: {} } }
}

/** The words of a booking stand in its record alone. */
async function toldOfPickup({ db }: Deps, row: PickupRow): Promise<Told> {
  const { accountId, pickupId, handle, noticeId, changedAt: at, isCalledOff } = row
  const told = { jti: `${noticeId ?? pickupId}${BOOKED}`, handle, at }
  const record = isCalledOff ? undefined : await readRecordOf(db, accountId, pickupId)
  const booking = askedIn('pickup.book', openDetail(record?.detail))
  if (!booking) return { ...told, events: { [FEED_EVENT.calledOff]: { pickup: pickupId } } }
  const { provider: _, from, to, ...said } = booking
  const window = { from: Math.floor(from / 1000), to: Math.floor(to / 1000) }
  return { ...told, events: { [FEED_EVENT.booked]: { pickup: pickupId, ...said, ...window } } }
}

/** By number and handle alone: who it is, nobody needs to know before they come. */
function toldOfSignUp({
  joinId: signUp,
  dayId: day,
  handle,
  noticeId,
  changedAt,
  isGivenBack,
}: SignUpRow): Told {
  const event = isGivenBack ? FEED_EVENT.left : FEED_EVENT.joined
  const jti = `${noticeId ?? signUp}${SIGNED_UP}`
  return { jti, handle, at: changedAt, events: { [event]: { signUp, day } } }
}

async function understood(deps: Deps, providerId: string, jti: string): Promise<void> {
  if (jti.endsWith(BOOKED)) return dropPickupNotice(deps.db, providerId, jti.slice(0, -BOOKED.length))
  if (jti.endsWith(SIGNED_UP)) return dropSignUpNotice(deps.db, providerId, jti.slice(0, -SIGNED_UP.length))
  const isEnd = !jti.endsWith(ASKED)
  const linkKey = isEnd ? jti : jti.slice(0, -ASKED.length)
  if (isUuid(linkKey)) await dropNotice(deps.db, { linkKey, providerId, isEnd })
}

async function sign(deps: Deps, providerId: string, { jti, handle, at, events }: Told): Promise<string> {
  const claims = {
    iss: deps.config.audience,
    aud: providerId,
    jti,
    iat: secondsUp(deps.now()),
    ...(at === undefined ? {} : { toe: secondsUp(at) }),
    sub_id: { format: 'opaque', id: handle },
    events,
  }
  return signJws(canonicalJson(claims), REPORT_TYP, await deps.keyring.signingKey('documents'))
}
