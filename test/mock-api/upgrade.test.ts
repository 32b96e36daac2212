/**
 * Dumps of the backend's tables, one for each schema that changed what others hold: each opens at the newest schema, and what phones and
 * shops held from it still counts. A new schema gets a new dump by `node test/golden/backend/make-dump.ts`; the old ones stay for ever.
 */
import { readdirSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { createApp } from '../../mock-api/start/app.ts'
import { migrate } from '../../mock-api/storage/migrate.ts'
import { numberKey, readNumber } from '../../mock-api/storage/voucher-index.ts'
import { keySetSchema } from '../../src/contract/catalog.ts'
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { readDeletion } from '../../src/proof/deletion-receipt.ts'
import { type Head, readHead } from '../../src/proof/head.ts'
import type { KeySet } from '../../src/proof/keys.ts'
import { trustedKeys } from '../../src/proof/trust.ts'
import { readVoucher } from '../../src/proof/voucher-token.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { signIn } from '../support/client.ts'
import { accept, cleanPlate } from '../support/commands.ts'
import { openTestDb, restore, type Snapshot } from '../support/database.ts'
import { readAsOldApp, readKeysAsOldApp, trustAsOldApp } from '../support/old-app-keys.ts'
import { buy, newOffer, richClient } from '../support/shop.ts'
import { joinTill } from '../support/till.ts'

interface Dump {
  readonly at: number
  readonly migrations: readonly string[]
  readonly held: {
    readonly accountId: string
    readonly keys: KeySet
    readonly head: string
    readonly voucher: { readonly id: string; readonly token: string }
    /** Of the account that was deleted; since there is something left of it. */
    readonly left?: { readonly token: string }
    readonly receipt: string
    readonly deleted: string
  }
  readonly tables: Readonly<Record<string, Snapshot extends ReadonlyMap<string, infer Rows> ? Rows : never>>
}

const folder = new URL('../golden/backend/', import.meta.url)
const dumps = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => ({ name, dump: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Dump }))

describe.each(dumps)('the tables of $name', ({ dump }) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  async function upgraded(): Promise<Backend> {
    const { db, close } = await openTestDb()
    closing.push(close)
    await migrate(db, dump.at, dump.migrations)
    await restore(db, new Map(Object.entries(dump.tables)))
    return startBackend({ db, now: dump.at + 60_000, samples: false })
  }

  const keysOf = async (backend: Backend, query = '') => {
    const response = await createApp(backend.deps).request(`/api/v1/keys${query}`)
    return (await response.json()) as unknown
  }

  it('open at the newest schema, and the book is whole', async () => {
    const backend = await upgraded()
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    const numbers = await backend.db.query<{ of: number; many: number; highest: number }>(
      `select count(*)::bigint as "of", count(distinct n)::bigint as many, max(n) as highest
         from offer_numbers group by merchant_id`,
    )
    expect(numbers.length).toBeGreaterThan(1)
    for (const { of, many, highest } of numbers) expect([many, highest]).toEqual([of, of])
  })

  it('lead a phone of today from the keys that it held to those of each purpose', async () => {
    const backend = await upgraded()
    const offered = v.parse(keySetSchema, await keysOf(backend, '?wire=2'))
    const trusted = await trustedKeys(v.parse(keySetSchema, dump.held.keys), offered)
    expect(trusted.keys.map(({ kid }) => kid).sort()).toEqual(offered.keys.map(({ kid }) => kid).sort())
    const me = await signIn(backend, { phone: '13700000002' })
    expect(await readHead((await me.sync()).head, trusted)).toMatchObject({ account: me.accountId })
    expect(await readHead(dump.held.head, trusted)).toMatchObject({ account: dump.held.accountId })
    expect(await readVoucher(dump.held.voucher.token, trusted)).toMatchObject({ jti: dump.held.voucher.id })
    expect(await readDeletion(dump.held.receipt, trusted)).toMatchObject({ account: dump.held.deleted })
  })

  it('go on by themselves: what was returned is there again, tracks stay their owners’, and every state is folded anew', async () => {
    const backend = await upgraded()
    const tracks = await backend.db.query('select digest, account_id from evidence_claims order by digest')
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    const open = await backend.db.query("select voucher_id from stock_returns where state = 'open'")
    expect(open).toEqual([])
    expect(await backend.db.query('select digest, account_id from evidence_claims order by digest')).toEqual(
      tracks,
    )
    const me = await signIn(backend, { phone: '13800000001' })
    expect(me.accountId).toBe(dump.held.accountId)
    const { receipts } = await me.sync([cleanPlate(backend, { code: 'own-bag' })])
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted'])
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('hold the number of each voucher that was ever issued, where its merchant’s next one would meet it', async () => {
    const backend = await upgraded()
    const issued = await backend.db.query<{ id: string; detail: string }>(
      `select command_id as id, detail from records
        where strpos(body, '"kind":"voucher.redeem"') > 0 and outcome = 'accepted' and detail is not null`,
    )
    expect(issued.length).toBeGreaterThan(1)
    for (const { id, detail } of issued) {
      const { voucher } = JSON.parse(detail) as RecordDetail
      const key = numberKey(voucher?.merchantId as MerchantId, voucher?.code ?? '')
      expect(await readNumber(backend.db, key)).toMatchObject({ voucherId: id, state: 'confirmed' })
    }
  })

  it('pay a shop for a voucher that was issued before', async () => {
    const backend = await upgraded()
    const [branch] = await backend.db.query<{ accountId: AccountId }>(
      `select account_id as "accountId" from accounts where merchant_id = 'sample-cafe' and deleted_at is null order by opened_at limit 1`,
    )
    const shop = await joinTill(backend, { ...branch })
    const { voucher, left } = dump.held
    const tokens = [voucher.token, ...(left ? [left.token] : [])]
    const { receipts } = await shop.sync(tokens.map((token) => accept(backend, token)))
    expect(receipts.map(({ outcome }) => outcome)).toEqual(tokens.map(() => 'accepted'))
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('lead a phone of 2026-11-21 along as well, over rotations too', async () => {
    const backend = await upgraded()
    const held = { keys: dump.held.keys.keys.map(({ alg: _, purpose: __, ...key }) => key) }
    const me = await richClient(backend, { phone: '13700000001' })
    for (let i = 0; i < 2; i++) {
      const trusted = await trustAsOldApp(held, readKeysAsOldApp(await keysOf(backend)))
      const head = await readAsOldApp<Head>((await me.sync()).head, trusted, ({ at }) => at)
      expect(head).toMatchObject({ account: me.accountId })
      backend.now.advance(60_000)
      await backend.deps.keyring.rotate()
    }
    await buy(backend, me, await newOffer(backend)) // numbers go on behind those that were given
  })
})
