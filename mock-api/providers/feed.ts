/** What a provider is told, when it asks (RFC 8936): whose consent ended, what was booked or called off. Said again until it says that it has understood. */
import { EVENT, type PollAnswer, SET_TYP, SETS_MAX } from '../../src/contract/report.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { askedIn, openDetail } from '../../src/domain/ledger/open-record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { signJws } from '../../src/proof/keys.ts'
import { secondsUp } from '../../src/proof/seconds.ts'
import type { Deps } from '../base/deps.ts'
import { dropNotice, type Notice, readNotices } from '../storage/links.ts'
import { dropPickupNotice, type PickupRow, readPickupNotices } from '../storage/pickups.ts'
import { readRecordOf } from '../storage/records.ts'

interface Poll {
  readonly ack?: readonly string[]
  readonly maxEvents?: number
}

interface Told {
  readonly jti: string
  readonly at: Instant
  readonly handle: string
  readonly events: object
  /** Once it has said that it has understood. */
  readonly forget: () => Promise<void>
}

export async function pollFeed(
  deps: Deps,
  providerId: string,
  { ack = [], maxEvents = SETS_MAX }: Poll,
): Promise<PollAnswer> {
  const understood = new Set(ack)
  if (understood.size > 0)
    for (const { jti, forget } of await readTold(deps, providerId, SETS_MAX))
      if (understood.has(jti)) await forget()
  const all = await readTold(deps, providerId, maxEvents + 1)
  const told = all.slice(0, maxEvents)
  const sets = await Promise.all(
    told.map(async (each) => [each.jti, await sign(deps, providerId, each)] as const),
  )
  return { sets: Object.fromEntries(sets), moreAvailable: all.length > told.length }
}

/** What a person has booked goes before what has ended. */
async function readTold(deps: Deps, providerId: string, limit: number): Promise<Told[]> {
  const pickups = await readPickupNotices(deps.db, providerId, limit)
  const ended = await readNotices(deps.db, providerId, limit)
  const booked = await Promise.all(pickups.map((row) => toldOfPickup(deps, row)))
  return [...booked, ...ended.map((notice) => toldOfEnd(deps, providerId, notice))].slice(0, limit)
}

function toldOfEnd({ db }: Deps, providerId: string, { linkKey, handle, endedAt }: Notice): Told {
  const forget = () => dropNotice(db, linkKey, providerId)
  return { jti: linkKey, at: endedAt, handle, events: { [EVENT.ended]: {} }, forget }
}

/** The words of a booking stand in its record alone. */
async function toldOfPickup({ db }: Deps, row: PickupRow): Promise<Told> {
  const { accountId, pickupId, handle, noticeId, changedAt, isCalledOff } = row
  const record = isCalledOff ? undefined : await readRecordOf(db, accountId, pickupId)
  const booking = askedIn('pickup.book', openDetail(record?.detail))
  const { provider: _, from = 0, to = 0, ...said } = booking ?? {}
  const seconds = { from: Math.floor(from / 1000), to: Math.floor(to / 1000) }
  return {
    jti: noticeId ?? pickupId,
    at: changedAt,
    handle,
    events: booking
      ? { [EVENT.booked]: { pickup: pickupId, ...said, ...seconds } }
      : { [EVENT.calledOff]: { pickup: pickupId } },
    forget: () => dropPickupNotice(db, row),
  }
}

async function sign(deps: Deps, providerId: string, { jti, handle, at, events }: Told): Promise<string> {
  const claims = {
    iss: deps.config.audience,
    aud: providerId,
    jti,
    iat: secondsUp(deps.now()),
    toe: secondsUp(at),
    sub_id: { format: 'opaque', id: handle },
    events,
  }
  return signJws(canonicalJson(claims), SET_TYP, await deps.keyring.signingKey('documents'))
}
