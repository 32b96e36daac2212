/** The timeline holds everything of a pack that has a year, once, in order. */
import { describe, expect, it } from 'vitest'
import { countIn, yearsInPlan } from '../../src/content/deadlines.ts'
import { pointsOf } from '../../src/content/indicator-points.ts'
import { loadCity } from '../../src/content/registry.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'

describe.each(CITY_IDS)('%s', (id) => {
  it('has every value and target, every dated figure and step, and nothing else', async () => {
    const pack = await loadCity(id)
    const years = yearsInPlan(pack)
    const goals = years.flatMap((one) => one.goals.map(({ indicator }) => `${indicator.id} ${one.year}`))
    const figures = years.flatMap((one) => one.measures.flatMap((each) => each.figures))
    const steps = years.flatMap((one) => one.events.map((event) => event.id))
    const known = pack.indicators.flatMap((one) =>
      pointsOf(one)
        .filter((point) => point.state !== 'none')
        .map((point) => `${one.id} ${point.year}`),
    )
    expect(goals.sort()).toEqual(known.sort())
    expect(figures.length).toBe(
      pack.measures.flatMap((one) => one.figures).filter((one) => one.year !== null).length,
    )
    expect(steps).toEqual(pack.events.filter((one) => one.when?.startsWith('20')).map((one) => one.id))
    expect(years.every((one) => countIn(one) > 0)).toBe(true)
    expect(years.map((one) => one.year)).toEqual(years.map((one) => one.year).sort((a, b) => a - b))
  })
})

it('Qingdao’s steps stand in 2023 and 2025, its days of every year in none', async () => {
  const years = yearsInPlan(await loadCity('qingdao'))
  expect(years.filter((one) => one.events.length > 0).map((one) => one.year)).toEqual([2023, 2025])
  expect(years.at(-1)?.year).toBe(2035)
})
