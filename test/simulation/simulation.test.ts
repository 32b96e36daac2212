import { describe, expect, it } from 'vitest'
import { BrokenInvariant } from './checks.ts'
import type { Counts, Report } from './counts.ts'
import { SABOTAGES, type Sabotage } from './sabotage.ts'
import { simulate } from './simulate.ts'

/** A fixed handful; thousands run in `npm run test:sim`. A seed that once failed is added here with its story. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7] // 7: a tab that syncs by itself meets a fork; the first six take another turn since pages look up their days
const HARD_SEEDS = [1, 2, 4]

const sumOf = (reports: readonly Report[]) => (of: (report: Report) => number) =>
  reports.reduce((total, report) => total + of(report), 0)

describe('phones, tabs, crashes, forks and a rough network', () => {
  const reports: Report[] = []

  it.each(SEEDS)(
    'seed %i: nothing is lost or doubled, and everyone ends with the same ledger',
    async (seed) => {
      reports.push(await simulate(seed))
    },
  )

  it('and the runs did something: every kind of trouble occurred', () => {
    const sum = sumOf(reports)
    expect(sum((report) => report.records)).toBeGreaterThan(SEEDS.length * 10)
    expect(sum((report) => report.crashes)).toBeGreaterThan(5)
    expect(sum((report) => report.forks)).toBeGreaterThan(0)
    expect(sum((report) => report.taken)).toBeGreaterThan(0)
    expect(sum((report) => report.replayed)).toBeGreaterThan(0)
    expect(sum((report) => report.vouchers)).toBeGreaterThan(0)
    for (const kind of ['lostRequests', 'lostAnswers', 'doubled', 'late', 'down'] as const) {
      expect(sum((report) => report.network[kind])).toBeGreaterThan(0)
    }
  })
})

describe('with operators, a busy sweeper and short pages, a family, a shop, full and cleared phones, files, other tabs, and years', () => {
  const reports: Report[] = []

  it.each(HARD_SEEDS)('seed %i: the same holds, of everybody and of all points', async (seed) => {
    reports.push(await simulate(seed, { hardships: true }))
  })

  it.each([11, 12])('seed %i: and with the family alone, which comes and goes', async (seed) => {
    reports.push(await simulate(seed, { hardships: ['people'] }))
  })

  it('and each of them came, if need be in some seeds more', async () => {
    const names = Object.keys(reports[0]?.hardships ?? {}) as (keyof Counts)[]
    expect(names.length).toBeGreaterThan(0)
    const missing = () =>
      names.filter((name) => reports.every(({ hardships: { [name]: count } }) => count === 0))
    // Several work at once, so that a seed does not come to the very same each time.
    for (let seed = 21; seed <= 28 && missing().length > 0; seed++)
      reports.push(await simulate(seed, { hardships: true }))
    expect(missing()).toEqual([])
  })
})

describe('the simulation notices a bug', () => {
  it.each(Object.keys(SABOTAGES) as Sabotage[])('%s', async (sabotage) => {
    let failure: unknown
    for (let seed = 1; seed <= 8 && !(failure instanceof BrokenInvariant); seed++)
      await simulate(seed, { sabotage, hardships: SABOTAGES[sabotage], steps: 50 }).catch(
        (error: unknown) => {
          failure = error
        },
      )
    expect(failure).toBeInstanceOf(BrokenInvariant)
  })
})
