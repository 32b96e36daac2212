/** Turns by weight: never more at once than there is, everybody in order, a pull beside them all. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Turns } from '../../mock-api/http/turns.ts'
import { BATCH_COMMANDS_MAX } from '../../src/contract/limits.ts'
import { startBackend } from '../support/backend.ts'
import { signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import { openTestDb } from '../support/database.ts'

const CAPACITY = 10
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  it('hold at most their capacity, begin in order, and end with nothing waiting, whatever fails', async () => {
    const job = fc.record({
      weight: fc.integer({ min: 1, max: CAPACITY + 5 }),
      ticks: fc.nat(5),
      fails: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(job, { maxLength: 30 }), async (jobs) => {
        const turns = new Turns(CAPACITY)
        const begun: number[] = []
        let held = 0
        const ends = await Promise.allSettled(
          jobs.map(({ weight, ticks, fails }, place) =>
            turns.run(weight, async () => {
              begun.push(place)
              held += Math.min(weight, CAPACITY)
              expect(held).toBeLessThanOrEqual(CAPACITY)
              for (let i = 0; i < ticks; i++) await settled()
              held -= Math.min(weight, CAPACITY)
              if (fails) throw new Error('failed')
              return place
            }),
          ),
        )
        expect(begun).toEqual(jobs.map((_, place) => place))
        expect(ends.map(({ status }) => status)).toEqual(
          jobs.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('let the light wait behind the heavy that came before', async () => {
    const turns = new Turns(CAPACITY)
    const begun: string[] = []
    const ends: (() => void)[] = []
    const hold = (name: string, weight: number) =>
      turns.run(weight, () => {
        begun.push(name)
        return new Promise<void>((end) => ends.push(end))
      })
    const all = [hold('first', 6), hold('heavy', 8), hold('light', 1)]
    await settled()
    expect(begun).toEqual(['first'])
    ends[0]?.()
    await settled()
    expect(begun).toEqual(['first', 'heavy', 'light'])
    for (const end of ends) end()
    await Promise.all(all)
  })
})

describe('sync', () => {
  it('answers a pull while batches wait for their turn, and then the batches', async () => {
    const { db, close } = await openTestDb()
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    let isHeld = false
    const appends: number[] = []
    const backend = await startBackend({
      db: {
        ...db,
        async transaction(work) {
          if (isHeld) {
            appends.push(1)
            await opened
          }
          return db.transaction(work)
        },
      },
      samples: false,
    })
    const people = [await signIn(backend), await signIn(backend), await signIn(backend)]
    const reader = await signIn(backend)
    await backend.deps.keyring.publicKeys() // made before: that is a transaction of its own
    isHeld = true
    const batches = people.map((me) =>
      me.sync(Array.from({ length: BATCH_COMMANDS_MAX }, () => cleanPlate(backend))),
    )
    for (let i = 0; i < 1000 && appends.length < 2; i++)
      await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await reader.sync()).lastSeq).toBe(0)
    expect(appends).toHaveLength(2)
    open()
    for (const page of await Promise.all(batches)) expect(page.lastSeq).toBe(BATCH_COMMANDS_MAX)
    await backend.close()
    await close()
  })
})
