/** The exchange: every command gets a record, once; records come in pages under a signed head; a fork is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChainFault, START } from '../../src/proof/chain.ts'
import { readHead } from '../../src/proof/head.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'

describe.each(ENGINES)('sync on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(() => backend.close())

  it('records an activity and answers with the record under a signed head', async () => {
    const client = await signIn(backend)
    const command = cleanPlate(backend)
    const page = await client.sync([command])
    expect(page.receipts).toEqual([{ id: command.id, outcome: 'accepted', seq: 1 }])
    expect(page.records).toHaveLength(1)
    expect(await findChainFault(START, page.records)).toBeUndefined()
    const head = await readHead(page.head, await backend.deps.keyring.publicKeys())
    expect(head).toMatchObject({ account: client.accountId, seq: 1, available: 72, held: 0 })
  })
})
