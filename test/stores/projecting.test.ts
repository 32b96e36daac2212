/** However many commands wait, a tap is previewed at once, and what takes longer is made in slices, says so, and comes to the same. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EffectScope, effectScope } from 'vue'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { copyOf, emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import { addFound, headOf, partOf } from '../../src/domain/ledger/ledger-part.ts'
import type { Needs } from '../../src/domain/ledger/needs.ts'
import * as rules from '../../src/domain/ledger/preview-run.ts'
import { project } from '../../src/domain/ledger/project.ts'
import type { OutboxCommand } from '../../src/domain/ledger/projection.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { AT_ONCE } from '../../src/stores/at-once.ts'
import { type Projecting, useProjecting } from '../../src/stores/projecting.ts'
import { ask, claim, command, NOON, world } from '../support/builders.ts'

const WORLD = world()
const OWNER = {}
const MANY = AT_ONCE * 2.5

let scope: EffectScope
let idle: (() => void)[]
let lookedUp: Needs[]
let isThere: boolean
let projecting: Projecting
let whole: Ledger
let confirmed: Ledger

beforeEach(() => {
  idle = []
  lookedUp = []
  isThere = true
  setConfirmed(emptyLedger())
  scope = effectScope()
  projecting = scope.run(() => useProjecting({ lookUp, whenIdle })) as Projecting
})
afterEach(() => scope.stop())

function whenIdle(run: () => void): () => void {
  idle.push(run)
  return () => {
    idle = idle.filter((each) => each !== run)
  }
}

/** The phone's own: all days asked for, of which most have no acts. */
async function lookUp(needs: Needs): Promise<boolean> {
  lookedUp.push(needs)
  if (isThere) addFound(confirmed, { ...needs, pieces: structuredClone(whole.days) })
  return isThere
}

function setConfirmed(ledger: Ledger): void {
  whole = ledger
  confirmed = partOf(structuredClone(headOf(ledger)))
}

const waiting = (count: number): OutboxCommand[] =>
  Array.from({ length: count }, (_, i) => {
    const quantity = { value: 300 + (i % 7) * 100, unit: 'metre' as const }
    const startedAt = NOON - (i % 40) * DAY_MS - (i % 20) * HOUR_MS
    const asked = command('activity.record', claim({ startedAt, quantity }))
    return { command: asked, text: canonicalJson(asked) }
  })
const next = (outbox: readonly OutboxCommand[]) =>
  projecting.next(OWNER, { confirmed, outbox, world: WORLD }, rules)

/** Lets all slices come that there are. */
async function rest(): Promise<number> {
  let slices = 0
  for (let turns = 0; turns < 60; turns++) {
    await Promise.resolve()
    const run = idle.shift()
    if (run) slices++
    run?.()
  }
  return slices
}

/** What the figures and the previews say; the ledger behind has only those days at hand that were asked about. */
function expectSame(shown: ReturnType<typeof next>, outbox: readonly OutboxCommand[]): void {
  const { expected: _, ...figures } = project(whole, outbox, WORLD)
  expect(shown).toMatchObject({ projection: figures, isCatchingUp: false })
}

describe('many commands waiting', () => {
  it('nothing is shown before all were decided, a slice at a time', async () => {
    const outbox = waiting(MANY)
    expect(next(outbox)).toBeUndefined()
    expect(await rest()).toBeGreaterThanOrEqual(3)
    expectSame(next(outbox), outbox)
  })

  it('a tap more is previewed at once, and nothing else is decided for it', async () => {
    const outbox = waiting(MANY)
    next(outbox)
    await rest()
    const before = next(outbox)?.projection.previews ?? []
    const more = [...outbox, ...waiting(1)]
    const shown = next(more)
    expectSame(shown, more)
    expect(shown?.projection.previews.slice(0, -1).every((each, i) => each === before[i])).toBe(true)
    expect(idle).toEqual([])
  })

  it('when the first were answered, confirmed figures are new at once, the estimate says that it is being updated, and a tap meanwhile is in it', async () => {
    const outbox = waiting(MANY)
    next(outbox)
    await rest()
    const hoped = next(outbox)?.projection.pendingPoints ?? 0
    const posted = copyOf(whole)
    for (const { command: asked } of outbox.slice(0, 20)) ask(posted, asked, WORLD)
    setConfirmed(posted)
    const left = outbox.slice(20)
    const shown = next(left)
    expect(shown?.isCatchingUp).toBe(true)
    expect(shown?.projection.available).toBeGreaterThan(0)
    expect((shown?.projection.available ?? 0) + (shown?.projection.pendingPoints ?? 0)).toBe(hoped)
    const more = [...left, ...waiting(1)]
    expect(next(more)?.projection.previews.at(-1)?.id).toBe(more.at(-1)?.command.id)
    await rest()
    expectSame(next(more), more)
  })

  it('one taken back is gone from the list at once', async () => {
    const outbox = waiting(MANY)
    next(outbox)
    await rest()
    const left = outbox.filter((_, i) => i !== 3)
    const shown = next(left)
    expect(shown?.isCatchingUp).toBe(true)
    expect(shown?.projection.previews).toHaveLength(left.length)
    await rest()
    expectSame(next(left), left)
  })

  it('what was begun on a ledger of the past ends there; with its new state all begins anew', async () => {
    const outbox = waiting(MANY)
    isThere = false
    expect(next(outbox)).toBeUndefined()
    await rest()
    expect(idle).toEqual([])
    isThere = true
    setConfirmed(whole)
    expect(next(outbox)).toBeUndefined()
    await rest()
    expectSame(next(outbox), outbox)
  })

  it('nothing goes on from another person’s', async () => {
    const outbox = waiting(3)
    next(outbox)
    await rest()
    expectSame(next(outbox), outbox)
    const other = projecting.next(
      {},
      { confirmed: partOf(headOf(emptyLedger())), outbox: [], world: WORLD },
      rules,
    )
    expect(other?.projection.previews).toEqual([])
    expect(lookedUp.length).toBeGreaterThan(0)
  })
})
