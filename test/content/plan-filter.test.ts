/** A plan's indicators and measures by year and responsible body: what is left, and that no count promises too much. */
import { expect, it } from 'vitest'
import {
  bodiesOf,
  filterPlan,
  namesBodies,
  PLAN_YEARS,
  type PlanFilter,
  planChoices,
} from '../../src/content/plan-filter.ts'
import { loadAllCities, loadCity } from '../../src/content/registry.ts'
import type { CityPack } from '../../src/content/schema.ts'

const left = (pack: CityPack, filter: PlanFilter) => {
  const { indicators, measures } = filterPlan(pack, pack, filter)
  return indicators.length + measures.length
}

it('without a filter all stays', async () => {
  for (const pack of await loadAllCities())
    expect(left(pack, {})).toBe(pack.indicators.length + pack.measures.length)
})

it('a year keeps what has a target in it: a number, one in words, one that the province sets', async () => {
  const pack = await loadCity('binzhou')
  const { indicators, measures } = filterPlan(pack, pack, { year: 2025 })
  const ids = indicators.map(({ id }) => id)
  expect(ids).toContain('bz-i-non-fossil')
  // Set by the province.
  expect(ids).toContain('bz-i-carbon-intensity')
  // Of 2030 alone.
  expect(ids).not.toContain('bz-i-solar')
  expect(measures.every((one) => one.figures.some(({ year }) => year === 2025))).toBe(true)
})

it('a body keeps its measures, and the indicators of the sections that it answers for', async () => {
  const pack = await loadCity('zibo')
  const { indicators, measures } = filterPlan(pack, pack, { body: '市交通运输局' })
  expect(measures).toHaveLength(6)
  expect(indicators.length).toBeGreaterThan(0)
  for (const one of indicators) expect(bodiesOf(pack, one)).toContain('市交通运输局')
})

it('Weifang and Qingdao name no body, so there is none to choose', async () => {
  for (const pack of await loadAllCities()) {
    const isNamed = !['weifang', 'qingdao'].includes(pack.city.id)
    expect(namesBodies(pack)).toBe(isNamed)
    expect(planChoices(pack, pack, {}).bodies.length > 0).toBe(isNamed)
  }
})

it('each choice leaves as many as it says, whatever the other filter is', async () => {
  for (const pack of await loadAllCities())
    for (const year of [undefined, ...PLAN_YEARS]) {
      const { bodies } = planChoices(pack, pack, { year })
      for (const { value, count } of bodies) expect(left(pack, { year, body: value })).toBe(count)
      const body = bodies[0]?.value
      for (const { value, count } of planChoices(pack, pack, { year, body }).years)
        expect(left(pack, { year: value, body })).toBe(count)
    }
})
