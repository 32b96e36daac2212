/**
 * Attempts to be paid for what was not done, and trips that were made, by generated persons with receivers as they are: each through the app's own
 * reading of a file to the backend's decision by pack version 3. `npm run bench cheats` counts them for other seeds.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAssessmentCode } from '../../src/domain/methodology/effect.ts'
import { assessmentReasonText } from '../../src/text/activity/assessment-reasons.ts'
import { attempts, perfect } from '../golden/cheats/attempts.ts'
import { gainedBy, handInAll, type Outcome } from '../golden/cheats/hand-in.ts'
import { honestTrips } from '../golden/cheats/honest.ts'
import { type Backend, startBackend } from '../support/backend.ts'

const NOW = Date.parse('2026-12-20T12:00:00+08:00')
const SEED = 1

let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ samples: false, now: NOW })
})
afterAll(() => backend.close())

function isSaid({ outcome, reasons }: Outcome): boolean {
  const words = reasons.map(({ code, numbers }) =>
    isAssessmentCode(code) ? assessmentReasonText['zh-CN'][code](numbers) : '',
  )
  return outcome === 'accepted' || (words.length > 0 && words.every((each) => each !== ''))
}

describe('what was not done', () => {
  const all = attempts(SEED, { now: NOW, each: 3 })
  const bySort = new Map(all.map(({ sort }) => [sort, all.filter((each) => each.sort === sort)]))

  it('is attempted in more than sixty ways of fourteen sorts', () => {
    expect(bySort.size).toBeGreaterThanOrEqual(14)
    expect(all.length).toBeGreaterThanOrEqual(60)
  })

  it.each([...bySort])(
    'gains nothing: %s',
    async (_, tries) => {
      for (const attempt of tries) {
        const outcomes = await handInAll(backend, attempt.handIns)
        const { honest, gained, due } = gainedBy(attempt, outcomes)
        expect(honest.map(({ outcome }) => outcome)).toEqual(honest.map(() => 'accepted'))
        expect(gained, JSON.stringify(outcomes)).toBeLessThanOrEqual(due)
        expect(outcomes.filter((each) => !isSaid(each))).toEqual([])
      }
    },
    60_000,
  )

  it('can be told by no single track where the motion is real: then it counts once, as a ride does, and the caps bound it', async () => {
    for (const attempt of perfect(SEED, NOW)) {
      const again = attempt.handIns.map((each) => ({ ...each, by: 1 }))
      const outcomes = await handInAll(backend, [...attempt.handIns, ...again])
      const gramsOf = (of: number) =>
        outcomes.reduce((sum, { file, grams }) => sum + (file === of ? grams : 0), 0)
      expect(gramsOf(0)).toBeGreaterThan(0)
      expect(gramsOf(0)).toBeLessThanOrEqual(250)
      expect(gramsOf(1)).toBe(0)
    }
  }, 60_000)
})

describe('what was done', () => {
  const trips = honestTrips(SEED, NOW)

  it('counts: of eighty trips and more at most two in a hundred are cut, none without words', async () => {
    const outcomes: (Outcome & { name: string })[] = []
    for (const { name, handIns } of trips)
      outcomes.push(...(await handInAll(backend, handIns)).map((each) => ({ ...each, name })))
    const cut = outcomes.filter(({ outcome }) => outcome !== 'accepted' && outcome !== 'adjusted')
    expect(outcomes.length).toBeGreaterThanOrEqual(80)
    expect(cut.length / outcomes.length, JSON.stringify(cut)).toBeLessThanOrEqual(0.02)
    expect(outcomes.filter((each) => !isSaid(each))).toEqual([])
    const never = cut.filter(({ name }) => /friends|commute|day after day/.test(name))
    expect(never).toEqual([])
  }, 120_000)
})
