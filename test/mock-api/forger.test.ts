/** What a perfect forger tries over HTTP: no order, no clock, no taking back and no voucher given back brings more than the weeks allow. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, DAY_MS, dayOf, HOUR_MS, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { Command, CommandOf } from '../../src/domain/ledger/command.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, signIn } from '../support/client.ts'
import { newCommandId, withdraw } from '../support/commands.ts'
import { storedState } from '../support/stored-state.ts'

const NOW = startOfDay('2026-12-09') + 12 * HOUR_MS
const FIRST_WEEK = 10_000
const WEEK = 7000

let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ samples: false, now: NOW })
})
afterAll(() => backend.close())

let files = 0

function act(claim: Omit<ActivityClaim, 'city'>, at = backend.now()): CommandOf<'activity.record'> {
  return { id: newCommandId(backend), kind: 'activity.record', at, body: { city: 'qingdao', ...claim } }
}

/** 24 km by a file that fits itself: 961 points, just within what files give a day. */
function longRide(startedAt: number): CommandOf<'activity.record'> {
  return act({
    code: 'bike',
    startedAt,
    endedAt: startedAt + 90 * MINUTE_MS,
    quantity: { value: 24_000, unit: 'metre' },
    evidence: {
      trust: 'import',
      digest: (++files).toString(16).padStart(64, 'f'),
      points: 5000,
      movingSeconds: 5000,
      maxSpeedMetresPerHour: 25_000,
    },
  })
}

/** Each day as far back as counts, one file and a plate. */
function datedBack(days: number): Command[] {
  return Array.from(
    { length: days },
    (_, day) => startOfDay(addDays(dayOf(backend.now()), -1 - day)) + 6 * HOUR_MS,
  ).flatMap((at) => [
    longRide(at),
    act({
      code: 'clean-plate',
      startedAt: at + 6 * HOUR_MS,
      quantity: { value: 3, unit: 'count' },
      evidence: { trust: 'manual' },
    }),
  ])
}

/** Every member of a summary at its ends, on every kind that takes a file. */
function extremes(): Command[] {
  const numbers = [0, 1, 2, Number.MAX_SAFE_INTEGER]
  const codes = ['walk', 'bike', 'ebike', 'metro', 'bus', 'nev-ride', 'ev', 'clean-plate', 'car-free-day']
  const lengths = [undefined, 0, 1, DAY_MS, DAY_MS + 1]
  return codes.flatMap((code, c) =>
    numbers.flatMap((points, p) =>
      numbers.flatMap((movingSeconds, m) =>
        lengths.map((length, l) => {
          const startedAt = backend.now() - (1 + ((c + p + m + l) % 44)) * DAY_MS
          return act({
            code,
            startedAt,
            ...(length === undefined ? {} : { endedAt: startedAt + length }),
            quantity: {
              value: 1_000_000_000,
              unit: code.includes('-') && code !== 'nev-ride' ? 'count' : 'metre',
            },
            evidence: {
              trust: 'import',
              digest: (++files).toString(16).padStart(64, 'f'),
              points,
              movingSeconds,
              maxSpeedMetresPerHour: numbers[(p + m) % numbers.length]!,
            },
          })
        }),
      ),
    ),
  )
}

/** What the account can spend or still owes. */
async function pointsOf({ accountId }: Client): Promise<number> {
  const { balances } = await storedState(backend.db, accountId)
  return balanceOf(balances, 'points', 'available') + balanceOf(balances, 'points', 'owed')
}

describe('a perfect forger', () => {
  it('gets one first week, and then one week a week, for acts dated back as far as they count', async () => {
    const forger = await signIn(backend)
    await forger.sync(datedBack(44))
    expect(await pointsOf(forger)).toBe(FIRST_WEEK)
    backend.now.advance(7 * DAY_MS)
    await forger.sync(datedBack(40).map((each) => ({ ...each, at: backend.now() })))
    expect(await pointsOf(forger)).toBeLessThanOrEqual(FIRST_WEEK + WEEK)
  })

  it('gets nothing for a summary at its ends', async () => {
    const forger = await signIn(backend)
    const all = extremes()
    for (let from = 0; from < all.length; from += 200) await forger.sync(all.slice(from, from + 200))
    expect(await pointsOf(forger)).toBe(0)
  })

  it('gets no more by taking back and logging again', async () => {
    const forger = await signIn(backend)
    for (let turn = 0; turn < 3; turn++) {
      const rides = datedBack(14).filter(
        ({ kind }) => kind === 'activity.record',
      ) as CommandOf<'activity.record'>[]
      await forger.sync(rides)
      expect(await pointsOf(forger)).toBeLessThanOrEqual(FIRST_WEEK)
      if (turn < 2) await forger.sync(rides.map(({ id }) => withdraw(backend, id)))
      if (turn < 2) expect(await pointsOf(forger)).toBe(0)
    }
  })

  it('gets no further week by a clock that runs ahead, nor by one of another page', async () => {
    const forger = await signIn(backend)
    await forger.sync(datedBack(20))
    const had = await pointsOf(forger)
    for (const ahead of [7 * DAY_MS, 8 * DAY_MS, 400 * DAY_MS, -400 * DAY_MS]) {
      const sentAt = backend.now() + ahead
      const clock = { page: 'a'.repeat(32), elapsed: 10 * HOUR_MS }
      const shifted = datedBack(20).map((each) => {
        const { body } = each as CommandOf<'activity.record'>
        const times = { startedAt: body.startedAt + ahead, endedAt: (body.endedAt ?? body.startedAt) + ahead }
        return {
          ...each,
          at: sentAt,
          clock: { ...clock, elapsed: 0 },
          body: { ...body, ...times },
        } as Command
      })
      await forger.sync(shifted, { sentAt, clock, wire: 2 })
    }
    expect(await pointsOf(forger)).toBe(had)
    expect(had).toBe(FIRST_WEEK)
  })
})

it('three weeks of an honest guest arrive whole in one first sync', async () => {
  const guest = await signIn(backend)
  // Twelve acts a week: six files of 250 points, and six of one's own word, within the 5 kg that a month of words may be.
  const acts = Array.from({ length: 36 }, (_, i) => {
    const startedAt = startOfDay(
      addDays(dayOf(backend.now()), Math.floor(i / 12) * 7 + Math.floor((i % 12) / 2) - 21),
    )
    if (i % 2 === 0) {
      const ride = longRide(startedAt + 7 * HOUR_MS)
      const { evidence } = ride.body
      const file = { ...evidence, movingSeconds: 1200 } as ActivityClaim['evidence']
      const times = {
        endedAt: ride.body.startedAt + 30 * MINUTE_MS,
        quantity: { value: 6250, unit: 'metre' } as const,
      }
      return { ...ride, body: { ...ride.body, ...times, evidence: file } }
    }
    return act({
      code: 'bus',
      startedAt: startedAt + 18 * HOUR_MS,
      quantity: { value: 18_500, unit: 'metre' },
      evidence: { trust: 'manual' },
    })
  })
  const page = await guest.sync(acts)
  expect(page.receipts.map(({ outcome }) => outcome)).toEqual(acts.map(() => 'accepted'))
  expect(await pointsOf(guest)).toBe(18 * 250 + 18 * 249)
})
