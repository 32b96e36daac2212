/** A state that an older fold made is never decided upon: it is folded anew from the records first, once, and the audit says how many wait. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeAccount } from '../../mock-api/book/append.ts'
import { audit } from '../../mock-api/book/audit.ts'
import { readAccountWithState } from '../../mock-api/storage/accounts.ts'
import { openState } from '../../mock-api/storage/state.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { FOLD, type Ledger } from '../../src/domain/ledger/ledger-state.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import { ENGINES, type Snapshot } from '../support/database.ts'
import { storedState } from '../support/stored-state.ts'

describe.each(ENGINES)('refold on %s', (engine) => {
  let backend: Backend
  let me: Client
  let before: Snapshot
  let truth: Ledger

  beforeAll(async () => {
    backend = await startBackend({ db: engine })
    me = await signIn(backend)
    // More than a page of records, so that the fold has to turn one.
    for (let i = 0; i < 2; i++)
      await me.sync(
        Array.from({ length: 300 }, () =>
          cleanPlate(backend, { startedAt: backend.now() - (i + 1) * DAY_MS }),
        ),
      )
    truth = await storedState(backend.db, me.accountId)
    const { fold: _, ...old } = truth
    // As an older fold might have left it: without a version, and with sums that today's rules do not know.
    await write({ ...old, weekPoints: { '2026-11-16': 999 } })
    before = await backend.snapshot()
  })
  beforeEach(() => backend.restore(before))
  afterAll(() => backend.close())

  /** As it stands in the account's row. */
  async function stateOf(): Promise<Ledger> {
    return openState((await readAccountWithState(backend.db, me.accountId))?.state ?? '{}').ledger
  }
  async function write(state: object): Promise<void> {
    await backend.db.query('update accounts set state = $2 where account_id = $1', [
      me.accountId,
      JSON.stringify(state),
    ])
  }

  it('the audit accepts it, and says that it waits', async () => {
    expect(await audit(backend.db)).toMatchObject({ stale: 1, records: 600 })
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('a pull reads it, and folds nothing', async () => {
    await me.sync()
    expect((await stateOf()).fold).toBeUndefined()
  })

  it('a command is decided upon the records folded anew, and the state is today’s from then on', async () => {
    const { receipts } = await me.sync([cleanPlate(backend)])
    expect(receipts).toMatchObject([{ outcome: 'accepted', seq: 601 }])
    expect(await stateOf()).toMatchObject({ fold: FOLD, seq: 601 })
    expect(await audit(backend.db)).toMatchObject({ records: 601, stale: 0 })
  })

  it('what is known already is answered as before, and leaves a state of today', async () => {
    const again = cleanPlate(backend)
    await me.sync([again])
    await write({ ...(await stateOf()), fold: 1, weekPoints: {} })
    expect((await me.sync([again])).receipts).toMatchObject([{ seq: 601 }])
    expect(await audit(backend.db)).toMatchObject({ records: 601, stale: 0 })
  })

  it('a state of today’s fold must equal it', async () => {
    await write({ ...truth, weekPoints: {} })
    expect((await audit(backend.db)).fault).toMatch(/stored state differs/)
  })

  it('whoever is first meanwhile wins, and the fold begins again', async () => {
    let isFirst = true
    await changeAccount(backend.deps, me.accountId, async () => {
      if (isFirst) await me.sync([cleanPlate(backend)])
      isFirst = false
    })
    expect(await audit(backend.db)).toMatchObject({ records: 601, stale: 0 })
  })
})
