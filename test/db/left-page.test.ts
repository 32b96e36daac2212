/** A page that is left while it reads or writes: the browser may keep it whole, and what comes next must not wait behind it. */
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LedgerDb, openLedgerDb } from '../../src/db/database.ts'
import { abortRunning } from '../../src/db/left-page.ts'

let left: LedgerDb
let next: LedgerDb
beforeEach(async () => {
  Dexie.dependencies.indexedDB = new IDBFactory()
  Dexie.dependencies.IDBKeyRange = IDBKeyRange
  const ledgerId = 'c0ffee00-0000-4000-8000-000000000002'
  left = openLedgerDb(ledgerId)
  next = openLedgerDb(ledgerId)
  await Promise.all([left.open(), next.open()])
})
afterEach(() => {
  left.close()
  next.close()
})

/** Goes on until it is ended from outside, as the reads of a page that stands still do. */
const endless = (mode: 'r' | 'rw', isBegun: () => void) =>
  left
    .transaction(mode, left.meta, async () => {
      if (mode === 'rw') await left.meta.put({ key: 'goal', value: 'half' })
      for (;;) {
        await left.meta.get('goal')
        isBegun()
      }
    })
    .then(
      () => 'done',
      (error: Error) => error.name,
    )

describe.each(['r', 'rw'] as const)('a page left in the midst of a transaction (%s)', (mode) => {
  it('lets go of it: the next page writes at once, and nothing half done stays', async () => {
    let begun = () => {}
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const ended = endless(mode, begun)
    await isBegun
    abortRunning()
    await next.meta.put({ key: 'other', value: 'whole' })
    expect(await ended).toBe('AbortError')
    expect(await next.meta.toArray()).toEqual([{ key: 'other', value: 'whole' }])
  })
})

describe('a transaction that has ended', () => {
  it('is left alone', async () => {
    await left.meta.put({ key: 'goal', value: 'kept' })
    abortRunning()
    expect(await next.meta.get('goal')).toEqual({ key: 'goal', value: 'kept' })
  })
})
