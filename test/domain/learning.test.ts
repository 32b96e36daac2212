/** Learning cards: what is known rests longer, what is not comes back tomorrow, and a day holds a few cards, the same ones all day. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shuffled } from '../../src/domain/base/shuffle.ts'
import { addDays } from '../../src/domain/base/time.ts'
import {
  type CardStates,
  dailyCards,
  LAST_BOX,
  missed,
  NEW_CARDS_A_DAY,
  nextDue,
  restDays,
  reviewed,
} from '../../src/domain/taking-part/learning.ts'

const today = '2026-11-20'
const ids = Array.from({ length: 16 }, (_, at) => `wf-q-${at}`)

describe('a look at a card', () => {
  it('moves a known card up a box, and it rests 3, 7, 14, then 30 days', () => {
    const rests: number[] = []
    let state = reviewed(undefined, true, today)
    for (let look = 0; look < 5; look++) {
      rests.push(restDays(state.box))
      expect(state.dueOn).toBe(addDays(state.seenOn ?? '', restDays(state.box)))
      state = reviewed(state, true, state.dueOn)
    }
    expect(rests).toEqual([3, 7, 14, 30, 30])
    expect(state.box).toBe(LAST_BOX)
  })

  it('sends a card that is not known back to the first box, until tomorrow', () => {
    const firm = { box: 4, dueOn: today, seenOn: '2026-11-06' }
    expect(reviewed(firm, false, today)).toEqual({ box: 1, dueOn: '2026-11-21', seenOn: today })
    expect(reviewed(undefined, false, today)).toEqual({ box: 1, dueOn: '2026-11-21', seenOn: today })
  })

  it('makes a card due at once after a wrong answer in the quiz', () => {
    expect(missed(undefined, today)).toEqual({ box: 1, dueOn: today })
    const known = reviewed(undefined, true, today)
    expect(dailyCards(ids, { [ids[3]!]: missed(known, today) }, { today }).todo[0]).toBe(ids[3])
  })
})

describe("a day's cards", () => {
  it('are five new ones at first, and the same ones until they are done', () => {
    const first = dailyCards(ids, {}, { today })
    expect(first.todo).toHaveLength(NEW_CARDS_A_DAY)
    expect(first.later).toHaveLength(ids.length - NEW_CARDS_A_DAY)
    let states: CardStates = {}
    const seen: string[] = []
    for (let look = 0; look < NEW_CARDS_A_DAY; look++) {
      const [next] = dailyCards(ids, states, { today }).todo
      seen.push(next!)
      states = { ...states, [next!]: reviewed(states[next!], look % 2 === 0, today) }
    }
    expect(seen).toEqual(first.todo)
    expect(dailyCards(ids, states, { today })).toMatchObject({ todo: [], done: expect.arrayContaining(seen) })
    expect(dailyCards(ids, states, { today, more: 2 }).todo).toHaveLength(2)
  })

  it('begin with those due, the longest waiting first, and leave out the resting ones', () => {
    const states: CardStates = {
      a: { box: 2, dueOn: today, seenOn: '2026-11-17' },
      b: { box: 1, dueOn: '2026-11-12', seenOn: '2026-11-11' },
      c: { box: 3, dueOn: '2026-11-23', seenOn: '2026-11-16' },
    }
    const { todo, done } = dailyCards(['a', 'b', 'c', 'd'], states, { today })
    expect(todo).toEqual(['b', 'a', 'd'])
    expect(done).toEqual([])
    expect(nextDue(['a', 'b', 'c', 'd'], states, today)).toEqual({ day: '2026-11-23', count: 1 })
    expect(nextDue(['d'], states, today)).toBeUndefined()
  })

  it('come round to every card within ten days where all are known', () => {
    let states: CardStates = {}
    for (let day = 0; day < 10; day++) {
      const date = addDays(today, day)
      for (const id of dailyCards(ids, states, { today: date }).todo)
        states = { ...states, [id]: reviewed(states[id], true, date) }
    }
    expect(Object.keys(states).sort()).toEqual([...ids].sort())
  })

  it('end when each was looked at, whatever was known; none is there twice, none is lost', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (answers) => {
        let states: CardStates = {}
        for (let day = 0; day < 31; day++) {
          const date = addDays(today, day)
          const { todo, done, later } = dailyCards(ids, states, { today: date })
          expect(done).toEqual([])
          const resting = ids.filter((id) => (states[id]?.dueOn ?? '') > date)
          expect([...todo, ...later, ...resting].sort()).toEqual([...ids].sort())
          for (const id of todo)
            states = { ...states, [id]: reviewed(states[id], answers.next().value === true, date) }
          expect(dailyCards(ids, states, { today: date }).todo).toEqual([])
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('an order of the quiz', () => {
  const order = (seed: string, items = ids) => shuffled(items, seed, (id) => id)

  it('is the same for the same seed, and holds every item once', () => {
    expect(order('ledger')).toEqual(order('ledger'))
    expect([...order('ledger')].sort()).toEqual([...ids].sort())
    expect(order('ledger')).not.toEqual(order('another'))
  })

  it('puts the right answer in every place about as often', () => {
    const places = [0, 0, 0, 0]
    for (let at = 0; at < 4000; at++) places[order(`ledger-${at}`, ['0', '1', '2', '3']).indexOf('0')]!++
    for (const count of places) expect(count).toBeGreaterThan(900)
  })
})
