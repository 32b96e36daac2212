/** A phone that may stop at any moment while it records: what was written is there again, and at most the one fix is lost that was being written. */
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type LedgerDb, openLedgerDb } from '../../src/db/database.ts'
import { beginTrip, changeTrip, readFixes } from '../../src/db/trips.ts'
import {
  ended,
  lastHeardOf,
  paused,
  regained,
  resumed,
  type TripFix,
} from '../../src/domain/evidence/live-trip.ts'
import { type Reception, TripRecorder } from '../../src/stores/trip-recorder.ts'
import { fillDisk } from '../actions/full-disk.ts'
import { NOON } from '../support/builders.ts'

const MINUTE = 60_000

beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory() as unknown as typeof indexedDB
  Dexie.dependencies.IDBKeyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange
})

let ledgers = 0

/** A page's life on a phone: its recorder over what is stored, and a receiver that the test speaks through. */
class Page {
  readonly db: LedgerDb
  readonly recorder: TripRecorder
  readonly heard: Reception[] = []
  readonly failures: unknown[] = []
  /** What stands on the screen. */
  told: unknown
  hear: ((fix: TripFix) => void) | undefined

  constructor(name: string) {
    this.db = openLedgerDb(name)
    this.recorder = new TripRecorder({
      db: () => this.db,
      watch: ({ fix }) => {
        this.hear = fix
        return () => {
          this.hear = undefined
        }
      },
      onReception: (reception) => this.heard.push(reception),
      onWriteError: (error) => {
        this.told = error
        if (error) this.failures.push(error)
      },
    })
  }

  /** As the store does when a page finds a trip. */
  async goOn(now: number): Promise<void> {
    const [trip] = await this.db.trips.toArray()
    if (!trip) return
    const last = (await readFixes(this.db, trip.startedAt)).at(-1)
    const change = regained({ lastAt: lastHeardOf(trip, last), now })
    const next = (await changeTrip(this.db, trip.startedAt, change)) ?? trip
    if (next.state === 'recording') this.recorder.start(trip.startedAt, last)
  }

  async rows(): Promise<TripFix[]> {
    return readFixes(this.db, NOON)
  }
}

const fixAt = (at: number): TripFix => ({
  at,
  lat: 36.7,
  lon: 119.1 + ((at - NOON) / 1000) * 1e-5,
  accuracyMetres: 8,
})

const steps = fc.array(fc.constantFrom('hear', 'hear', 'hear', 'kill', 'reload', 'pause', 'resume', 'away'), {
  maxLength: 40,
})

describe('a trip on a phone that stops at any step', () => {
  it('has all its written fixes after each reload, in order and once, and lost one at most with each stop', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const name = `trip-${++ledgers}`
        let now = NOON
        let page = new Page(name)
        await beginTrip(page.db, now)
        await page.goOn(now)
        const sure: number[] = []
        let inFlight: number | undefined
        for (const step of script) {
          now += 2000
          if (step === 'hear') {
            page.hear?.(fixAt(now))
            if (page.hear) sure.push(now)
            await page.recorder.settled()
          } else if (step === 'pause') {
            if (await changeTrip(page.db, NOON, paused(now))) page.recorder.stop()
          } else if (step === 'resume') {
            if (await changeTrip(page.db, NOON, resumed(now)))
              page.recorder.start(NOON, (await page.rows()).at(-1))
          } else {
            inFlight = page.hear ? now : undefined
            if (step === 'kill') page.hear?.(fixAt(now))
            page.db.close()
            if (step === 'away') now += 40 * MINUTE
            page = new Page(name)
            await page.goOn(now)
          }
          const written = (await page.rows()).map(({ at }) => at)
          if (inFlight !== undefined && written.includes(inFlight)) sure.push(inFlight)
          inFlight = undefined
          expect(written).toEqual(sure)
          expect((await page.db.trips.toArray())[0]?.state).toBe(page.hear ? 'recording' : 'paused')
        }
        page.db.close()
      }),
      { numRuns: 60 },
    )
  })
})

describe('the recorder', () => {
  it('writes each fix at once, and in steps of five only what has come behind a write', async () => {
    const page = new Page('batches')
    await beginTrip(page.db, NOON)
    await page.goOn(NOON)
    const sizes: number[] = []
    const put = page.db.tripPoints.bulkPut.bind(page.db.tripPoints)
    page.db.tripPoints.bulkPut = ((rows: never[]) => {
      sizes.push(rows.length)
      return put(rows)
    }) as never
    for (let i = 1; i <= 12; i++) page.hear?.(fixAt(NOON + i * 2000))
    await page.recorder.settled()
    expect(sizes).toEqual([1, 5, 5, 1])
    expect(await page.rows()).toHaveLength(12)
    page.db.close()
  })

  it('keeps what a full phone does not take, and writes it with the next fix', async () => {
    const page = new Page('full')
    await beginTrip(page.db, NOON)
    await page.goOn(NOON)
    const put = page.db.tripPoints.bulkPut
    const full = Object.assign(new Error(), { name: 'QuotaExceededError' })
    page.db.tripPoints.bulkPut = (() => Promise.reject(full)) as never
    page.hear?.(fixAt(NOON + 1000))
    await page.recorder.settled()
    expect(page.failures).toHaveLength(1)
    expect(await page.rows()).toEqual([])
    page.db.tripPoints.bulkPut = put
    page.hear?.(fixAt(NOON + 3000))
    await page.recorder.settled()
    expect((await page.rows()).map(({ at }) => at)).toEqual([NOON + 1000, NOON + 3000])
    page.db.close()
  })

  it('takes no place that is too uncertain, and says so', async () => {
    const page = new Page('weak')
    await beginTrip(page.db, NOON)
    await page.goOn(NOON)
    for (const [i, accuracyMetres] of [3000, 120, 12].entries())
      page.hear?.({ ...fixAt(NOON + i * 2000), accuracyMetres })
    await page.recorder.settled()
    expect(page.heard).toEqual(['waiting', 'coarse', 'weak', 'good'])
    expect(await page.rows()).toHaveLength(1)
    page.db.close()
  })

  it('writes nothing more of a trip that another tab has ended', async () => {
    const page = new Page('ended-elsewhere')
    const tab = new Page('ended-elsewhere')
    await beginTrip(page.db, NOON)
    await page.goOn(NOON)
    page.hear?.(fixAt(NOON + 1000))
    await page.recorder.settled()
    await changeTrip(tab.db, NOON, ended(NOON + 1500))
    page.hear?.(fixAt(NOON + 3000))
    await page.recorder.settled()
    expect((await page.rows()).map(({ at }) => at)).toEqual([NOON + 1000])
    page.db.close()
    tab.db.close()
  })

  it('two pages that hear the same fix have it once', async () => {
    const pages = [new Page('both'), new Page('both')]
    await beginTrip(pages[0]?.db as LedgerDb, NOON)
    for (const page of pages) await page.goOn(NOON)
    for (const page of pages) page.hear?.(fixAt(NOON + 1000))
    for (const page of pages) await page.recorder.settled()
    expect(await pages[0]?.rows()).toHaveLength(1)
    for (const page of pages) page.db.close()
  })
})

describe('what the receiver knew before', () => {
  it('is where the trip began if it is of a moment ago, and else is no part of it', async () => {
    const page = new Page(`trip-${++ledgers}`)
    await beginTrip(page.db, NOON)
    await page.goOn(NOON)
    page.hear?.(fixAt(NOON - 50 * MINUTE))
    page.hear?.(fixAt(NOON - 2000))
    page.hear?.(fixAt(NOON + 3000))
    await page.recorder.settled()
    const rows = await page.rows()
    expect(rows.map(({ at }) => at)).toEqual([NOON, NOON + 3000])
    expect(rows[0]?.lon).toBeCloseTo(fixAt(NOON - 2000).lon, 6)
    page.recorder.stop()
  })
})

it('that a trip could not be written is not said of the next one, of which nothing has been heard yet', async () => {
  const page = new Page(`unwritten-${++ledgers}`)
  await beginTrip(page.db, NOON)
  page.recorder.start(NOON, undefined)
  const makeRoom = fillDisk('fails')
  page.hear?.({ at: NOON, lat: 36.7, lon: 119.1, accuracyMetres: 5 })
  await page.recorder.settled()
  expect(page.told).toBeDefined()
  makeRoom()
  page.recorder.start(NOON + MINUTE, undefined)
  expect(page.told).toBeUndefined()
  page.recorder.stop()
  page.db.close()
})
