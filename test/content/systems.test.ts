/** Of each system that a plan wants built it is said how far this app does it, and what is said holds together. */
import { beforeAll, describe, expect, it } from 'vitest'
import { loadAllCities } from '../../src/content/registry.ts'
import type { System } from '../../src/content/schema.ts'
import data from '../../src/content/systems/answers.json' with { type: 'json' }
import { answerTo, askedOf, countStates, SYSTEM_STATES, stateOf } from '../../src/content/systems/answers.ts'

let systems: System[]
const byId = (id: string) => systems.find((one) => one.id === id) as System

beforeAll(async () => {
  systems = (await loadAllCities()).flatMap((pack) => pack.systems ?? [])
})

it('all 145 have an answer in both languages, and no answer is about anything else', () => {
  expect(systems).toHaveLength(145)
  expect(Object.keys(data).sort()).toEqual(systems.map(({ id }) => id).sort())
  for (const { id } of systems) {
    const answer = answerTo(id)
    expect(SYSTEM_STATES, id).toContain(answer?.state)
    expect(answer?.zh, id).toMatch(/^[^!！]*\p{Script=Han}[^!！]*。$/u)
    expect(answer?.en, id).toMatch(/^[A-Z][^\p{Script=Han}!]*\.$/u)
  }
})

it('an answer says where of what the plan asks, and of nothing else', () => {
  for (const system of systems) {
    const asked = [...system.functions, ...(system.parts?.items ?? []).map(({ code }) => code)]
    const done = Object.keys(answerTo(system.id)?.by ?? {})
    expect(
      done.filter((code) => !asked.includes(code as (typeof asked)[number])),
      system.id,
    ).toEqual([])
  }
})

it('whoever does it does all of it, whoever does a part does something, and the others nothing', () => {
  for (const system of systems) {
    const { parts, functions } = askedOf(system)
    const routes = [...parts, ...functions].map(({ route }) => route)
    const done = routes.filter((route) => route !== null)
    const state = stateOf(system.id)
    if (state === 'does') expect(done, system.id).toHaveLength(routes.length)
    else if (state === 'part') expect(done.length, system.id).toBeGreaterThan(0)
    else expect(done, system.id).toEqual([])
  }
})

describe('what the plans list by name', () => {
  it('are the three steps of Weifang', () => {
    const { parts } = askedOf(byId('wf-s-incentive'))
    expect(parts.map(({ nameZh }) => nameZh)).toEqual(['积分产生', '积分发放', '积分兑换'])
    expect(parts.every(({ route }) => route !== null)).toBe(true)
  })

  it('are the two groups of Qingdao, of whom small firms have no account yet', () => {
    const { parts } = askedOf(byId('qd-s-carbon-inclusion'))
    expect(parts.map(({ nameZh, route }) => [nameZh, route !== null])).toEqual([
      ['社会公众', true],
      ['小微企业', false],
    ])
  })

  it('are the seven functions of Binzhou, each told once', () => {
    const { parts, functions } = askedOf(byId('bz-s-carbon-inclusion'))
    expect(parts).toHaveLength(7)
    expect(functions).toEqual([])
    expect(parts.filter(({ route }) => route === null).map(({ code }) => code)).toEqual([
      'filing',
      'registration',
      'management',
      'trading',
    ])
  })
})

it('a system that nobody has compared with this app is open, and says nothing', () => {
  const foreign: System = { ...byId('zb-s-personal'), id: 'yt-s-personal' }
  expect(stateOf(foreign.id)).toBe('open')
  expect(askedOf(foreign).functions.every(({ route }) => route === null)).toBe(true)
  expect(countStates([foreign, byId('zb-s-personal')])).toEqual([
    { state: 'does', count: 1 },
    { state: 'open', count: 1 },
  ])
})
