import { describe, expect, it } from 'vitest'
import { SABOTAGES } from './sabotage.ts'
import { BrokenInvariant, type Report, simulate } from './simulate.ts'

/** A fixed handful; thousands run in `npm run test:sim`. A seed that once failed is added here with its story. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

describe('phones, tabs, crashes, forks and a rough network', () => {
  const reports: Report[] = []

  it.each(SEEDS)(
    'seed %i: nothing is lost or doubled, and everyone ends with the same ledger',
    async (seed) => {
      reports.push(await simulate(seed))
    },
  )

  it('and the runs did something: every kind of trouble occurred', () => {
    const sum = (of: (report: Report) => number) => reports.reduce((total, report) => total + of(report), 0)
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

describe('with operators at work, wrong clocks, new keys and a busy sweeper', () => {
  const reports: Report[] = []

  it.each(SEEDS.slice(0, 4))('seed %i: the same holds', async (seed) => {
    reports.push(await simulate(seed, { hardships: true }))
  })

  it('and each of them came', () => {
    for (const kind of ['decided', 'skewed', 'rotated', 'swept'] as const)
      expect(
        reports.reduce((sum, { hardships }) => sum + hardships[kind], 0),
        kind,
      ).toBeGreaterThan(0)
  })
})

describe('the simulation notices a bug', () => {
  it.each(SABOTAGES)('%s', async (sabotage) => {
    const failures: unknown[] = []
    for (const seed of SEEDS.slice(0, 6))
      await simulate(seed, { sabotage }).catch((error: unknown) => failures.push(error))
    expect(failures.some((error) => error instanceof BrokenInvariant)).toBe(true)
  })
})
