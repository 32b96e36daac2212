import { describe, expect, it } from 'vitest'
import { BrokenInvariant } from './checks.ts'
import type { Counts, Report } from './counts.ts'
import { ROOM_NAMES, type RoomName } from './rooms.ts'
import { NOTICED_BY, SABOTAGES, type Sabotage } from './sabotage.ts'
import { simulate } from './simulate.ts'

/** A fixed handful; thousands run in `npm run test:sim`. A seed that once failed is added here with its story. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7] // 7: a tab that syncs by itself meets a fork
const HARD_SEEDS = [1, 2, 4] // 2: an entry came back to a draw that had come out without any, and was never told
/** As all hardships were when a seed failed that is kept here: with others beside them it would be another run. */
const upTo = (last: RoomName) => ROOM_NAMES.slice(0, ROOM_NAMES.indexOf(last) + 1)
/** 1005: a sweeper came between a shop's slow tail and its append, and forgot that the holder's side was still to follow. */
const OF_BEFORE_DRAWS = upTo('providers')

/** What a fixed handful did not meet is sought in some seeds more. */
async function missingAfterMore(
  reports: Report[],
  more: { seeds: readonly number[]; hardships: boolean; missing: () => string[] },
): Promise<string[]> {
  for (const seed of more.seeds) {
    if (more.missing().length === 0) break
    reports.push(await simulate(seed, { hardships: more.hardships }))
  }
  return more.missing()
}

const MORE_SEEDS = Array.from({ length: 16 }, (_, i) => 21 + i)
/** As long as all of them may take on a busy machine: who finds what is missing ends much sooner. */
const MORE_MS = 300_000

describe('phones, tabs, crashes, forks and a rough network', () => {
  const reports: Report[] = []

  it.each(SEEDS)(
    'seed %i: nothing is lost or doubled, and everyone ends with the same ledger',
    async (seed) => {
      reports.push(await simulate(seed))
    },
  )

  it(
    'and the runs did something: every kind of trouble occurred',
    async () => {
      const own = ['records', 'crashes', 'forks', 'taken', 'replayed', 'vouchers'] as const
      const network = ['lostRequests', 'lostAnswers', 'doubled', 'late', 'down'] as const
      const missing = () => [
        ...own.filter((name) => reports.every((report) => report[name] === 0)),
        ...network.filter((name) => reports.every((report) => report.network[name] === 0)),
      ]
      expect(await missingAfterMore(reports, { seeds: MORE_SEEDS, hardships: false, missing })).toEqual([])
      const records = reports.reduce((total, report) => total + report.records, 0)
      expect(records).toBeGreaterThan(reports.length * 10)
    },
    MORE_MS,
  )
})

describe('with operators, a busy sweeper and short pages, a family, a shop and who leaves it for good, draws, full and cleared phones, files, other tabs, and years', () => {
  const reports: Report[] = []

  it.each(HARD_SEEDS)(
    'seed %i: the same holds, of everybody and of all points',
    async (seed) => {
      reports.push(await simulate(seed, { hardships: upTo('draws') }))
    },
    MORE_MS,
  )

  it.each([11, 12])('seed %i: and with the family alone, which comes and goes', async (seed) => {
    reports.push(await simulate(seed, { hardships: ['people'] }))
  })

  it.each([13, 14])(
    'seed %i: and with a shop, its manager, disputes and payouts, for longer',
    async (seed) => {
      reports.push(await simulate(seed, { hardships: ['shop', 'operators'], steps: 150 }))
    },
  )

  it.each([16, 20])('seed %i: and with customers who go for good', async (seed) => {
    reports.push(await simulate(seed, { hardships: ['shop', 'farewells'] }))
  })

  it.each([8, 10])('seed %i: and with draws, entries that leave and sweepers that die', async (seed) => {
    reports.push(await simulate(seed, { hardships: ['draws', 'operators'] }))
  })

  it(
    'seed 1005: and of a shop that is slower than a sweeper waits',
    async () => {
      await simulate(1005, { hardships: OF_BEFORE_DRAWS, steps: 60 })
    },
    MORE_MS,
  )

  it(
    'does the same for the same seed',
    async () => {
      const again = () => simulate(3, { hardships: ['background', 'shop', 'draws'], steps: 25 })
      expect(await again()).toEqual(await again())
    },
    MORE_MS,
  )

  it(
    'and each of them came, if need be in some seeds more',
    async () => {
      const names = Object.keys(reports[0]?.hardships ?? {}) as (keyof Counts)[]
      expect(names.length).toBeGreaterThan(0)
      const missing = () =>
        names.filter((name) => reports.every(({ hardships: { [name]: count } }) => count === 0))
      expect(await missingAfterMore(reports, { seeds: MORE_SEEDS, hardships: true, missing })).toEqual([])
    },
    MORE_MS,
  )
})

/** Each is noticed within a few; some bugs need a chance that is rare. */
const SABOTAGE_SEEDS_MAX = 24
const SABOTAGE_MS = 300_000

/** The seed that met it when this was written, where that was not the first; should the runs be others by now, the rest find it too. */
const MET_BY: Partial<Record<Sabotage, number>> = {
  'start without tombstones': 15,
  'what nobody can have stays in between': 8,
  'a draw gives one piece more': 7,
  'a planting day forgets to tell': 5,
  'count a ride twice': 3,
  'a draw counts an entry twice': 2,
  'a draw forgets to tell': 2,
  'a draw keeps who has left': 2,
  'a draw leaves one out of its list': 2,
  'a draw tells twice': 2,
  'pay a statement twice': 2,
  'rows of another build': 2,
  'take the unknown for deleted': 2,
  'what is given back is refused': 2,
}

function seedsFor(sabotage: Sabotage): number[] {
  const all = Array.from({ length: SABOTAGE_SEEDS_MAX }, (_, i) => i + 1)
  const first = MET_BY[sabotage]
  return first === undefined ? all : [first, ...all.filter((seed) => seed !== first)]
}

describe('the simulation notices a bug', () => {
  it.each(Object.keys(SABOTAGES) as Sabotage[])(
    '%s',
    async (sabotage) => {
      const words = NOTICED_BY[sabotage] ?? /./
      const isNoticed = (failure: unknown) =>
        failure instanceof BrokenInvariant && words.test(failure.message)
      let failure: unknown
      for (const seed of seedsFor(sabotage)) {
        if (isNoticed(failure)) break
        await simulate(seed, { sabotage, hardships: SABOTAGES[sabotage], steps: 50 }).catch(
          (error: unknown) => {
            failure = error
          },
        )
      }
      expect(failure).toBeInstanceOf(BrokenInvariant)
      expect(failure).toMatchObject({ message: expect.stringMatching(words) })
    },
    SABOTAGE_MS,
  )
})
