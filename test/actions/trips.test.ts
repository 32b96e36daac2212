/** A recorded trip and its ledger: logged whole or not at all, judged by the pack in force, in the account that adopts its guest, gone with what it belongs to. */
import { afterEach, describe, expect, it } from 'vitest'
import { beginLeaving } from '../../src/actions/leave-ledger.ts'
import { logTrip, takeTripBack } from '../../src/actions/log-trip.ts'
import type { LedgerDb } from '../../src/db/database.ts'
import {
  addFixes,
  beginTrip,
  changeTrip,
  dropTrip,
  putTripBack,
  readFixes,
  sweepTrips,
} from '../../src/db/trips.ts'
import { readWaiting } from '../../src/db/waiting.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { ended, type TripFix } from '../../src/domain/evidence/live-trip.ts'
import { freshId, NOON, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { useLedgerDb } from '../support/ledger-db.ts'
import { fillDisk, WAYS } from './full-disk.ts'
import { exported, outboxIds, usePhones } from './phones.ts'

const DAY = 24 * 3600_000
const IN_V2 = Date.parse('2026-11-28T12:00:00+08:00')
/** Pack v3, which takes live tracks, is in force. */
const IN_V3 = Date.parse('2026-12-02T12:00:00+08:00')

const fixesFrom = (at: number): TripFix[] =>
  [1, 2, 3].map((second) => ({ at: at + second * 1000, lat: 36.7, lon: 119.1, accuracyMetres: 8 }))

async function recordTrip(db: LedgerDb, at: number, isOver = true): Promise<void> {
  await beginTrip(db, at)
  await addFixes(db, at, fixesFrom(at))
  if (isOver) await changeTrip(db, at, ended(at + 4000))
}

function legs(at: number): ActivityClaim[] {
  return [at - 2 * 3600_000, at - 3600_000].map((startedAt) => {
    const ride = trackedRide(startedAt)
    return { ...ride, evidence: { ...ride.evidence, trust: 'gps' } as ActivityClaim['evidence'] }
  })
}

const state = async (db: LedgerDb, at: number) => (await db.trips.get(at))?.state

describe('a trip on the phone', () => {
  const here = useLedgerDb()
  const context = () => ({ db: here.db, now: () => NOON, newId: freshId })
  const asked = async () => (await here.db.outbox.toArray()).map(({ id }) => id)

  it('logged twice is refused: another tab has logged it, or goes on with it', async () => {
    const { db } = here
    await recordTrip(db, NOON)
    await logTrip(context(), NOON, legs(NOON))
    await expect(logTrip(context(), NOON, legs(NOON))).rejects.toMatchObject({ name: 'TripNotEndedError' })
    expect(await asked()).toHaveLength(2)
    await recordTrip(db, NOON + DAY, false)
    const soon = logTrip(context(), NOON + DAY, legs(NOON))
    await expect(soon).rejects.toMatchObject({ name: 'TripNotEndedError' })
  })

  describe.each(WAYS)('that is full (%s)', (way) => {
    let makeRoom: (() => void) | undefined
    afterEach(() => makeRoom?.())

    it.each([0, 1, 2])('after %i writes, is logged not at all, and waits as it was', async (after) => {
      await recordTrip(here.db, NOON)
      makeRoom = fillDisk(way, after)
      await expect(logTrip(context(), NOON, legs(NOON))).rejects.toThrow()
      makeRoom()
      expect([await state(here.db, NOON), await asked()]).toEqual(['ended', []])
      expect(await readFixes(here.db, NOON)).toHaveLength(3)
    })
  })

  it('loses its places a week after it was logged, and one that waits never', async () => {
    const { db } = here
    await recordTrip(db, NOON - DAY)
    await recordTrip(db, NOON)
    await logTrip(context(), NOON, legs(NOON))
    await sweepTrips(db, NOON + 7 * DAY)
    expect(await db.tripPoints.count()).toBe(6)
    await sweepTrips(db, NOON + 7 * DAY + 1)
    expect(await readFixes(db, NOON)).toEqual([])
    expect(await db.trips.count()).toBe(1)
    expect(await readFixes(db, NOON - DAY)).toHaveLength(3)
  })

  it('is gone with all its places when it is thrown away, and back when that is taken back', async () => {
    const { db } = here
    await recordTrip(db, NOON)
    const [trip] = await db.trips.toArray()
    await dropTrip(db, NOON)
    expect([await db.trips.count(), await db.tripPoints.count()]).toEqual([0, 0])
    if (trip) await putTripBack(db, trip, fixesFrom(NOON))
    expect(await db.trips.toArray()).toEqual([trip])
    expect(await readFixes(db, NOON)).toEqual(fixesFrom(NOON))
  })

  it('is the only one: a second does not begin while it is under way', async () => {
    await recordTrip(here.db, NOON, false)
    expect(await beginTrip(here.db, NOON + 5000)).toMatchObject({ startedAt: NOON })
    expect(await here.db.trips.count()).toBe(1)
  })
})

describe('a logged trip', () => {
  const phones = usePhones({ now: IN_V3 })

  it('is counted as the phone’s own tracks; taken back whole while it is here, and asked back afterwards', async () => {
    const phone = await phones.signedIn()
    await recordTrip(phone.db, IN_V3)
    const ids = await logTrip(phone.context, IN_V3, legs(IN_V3))
    expect([await state(phone.db, IN_V3), await outboxIds(phone)]).toEqual(['claimed', ids])
    expect(await takeTripBack(phone.context, IN_V3, ids)).toBe('forgotten')
    expect([await state(phone.db, IN_V3), await outboxIds(phone)]).toEqual(['ended', []])
    const again = await logTrip(phone.context, IN_V3, legs(IN_V3))
    await phone.sync()
    const entries = () => phone.db.entries.where('id').anyOf(again).toArray()
    expect((await entries()).map(({ outcome, trust, grams }) => [outcome, trust, grams > 300])).toEqual([
      ['accepted', 'gps', true],
      ['accepted', 'gps', true],
    ])
    expect(await takeTripBack(phone.context, IN_V3, again)).toBe('asked')
    expect(await state(phone.db, IN_V3)).toBe('claimed')
    await phone.sync()
    expect((await entries()).map(({ later }) => later)).toEqual(['withdrawn', 'withdrawn'])
    expect(await readWaiting(phone.db)).toMatchObject({ trips: 0, acts: 0 })
  })

  it('before pack v3 is no evidence, and its record says so', async () => {
    phones.backend.now.set(IN_V2)
    const phone = await phones.signedIn()
    await recordTrip(phone.db, IN_V2)
    const [id] = await logTrip(phone.context, IN_V2, legs(IN_V2).slice(0, 1))
    await phone.sync()
    const entry = await phone.db.entries
      .where('id')
      .equals(id as string)
      .first()
    expect(entry).toMatchObject({ outcome: 'rejected', grams: 0 })
    const { detail } = (await phone.db.journal.toArray()).at(-1) ?? {}
    expect(detail).toContain('trust_not_taken')
  })
})

describe('a trip and its ledger', () => {
  const phones = usePhones({ now: IN_V3 })

  it('goes with the guest into the account, under way as it is, with all its fixes', async () => {
    const phone = await phones.open()
    await recordTrip(phone.db, NOON, false)
    await phone.signIn(freshPhone())
    expect(await state(phone.db, NOON)).toBe('recording')
    expect(await readFixes(phone.db, NOON)).toEqual(fixesFrom(NOON))
    expect(await addFixes(phone.db, NOON, fixesFrom(NOON + 10_000))).toBe(true)
    expect(await readFixes(phone.db, NOON)).toHaveLength(6)
  })

  it('keeps it here until it is logged or given up, then nothing more of it is written; no exported file has it', async () => {
    const phone = await phones.signedIn()
    await recordTrip(phone.db, NOON)
    expect(await exported(phone)).not.toMatch(/36\.?7|119\.?1|fix/)
    const { ledgerId } = phone.profile
    expect(await beginLeaving(phone.device, ledgerId, { discards: false })).toMatchObject({ trips: 1 })
    expect(await beginLeaving(phone.device, ledgerId, { discards: true })).toBeUndefined()
    await expect(addFixes(phone.db, NOON, fixesFrom(NOON))).rejects.toThrow()
    await expect(beginTrip(phone.db, NOON + DAY)).rejects.toThrow()
  })
})
