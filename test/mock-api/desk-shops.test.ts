/** The desk's shops: a clerk lets them join, stops them by four eyes, pays their statements, finds a voucher by its number and decides disputes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { deleteAccount } from '../../mock-api/book/delete-account.ts'
import type {
  DeskDispute,
  DeskMerchant,
  DeskStatement,
  DeskTills,
  FoundVoucher,
  Taking,
} from '../../src/contract/desk/shops.ts'
import type { TillCode } from '../../src/contract/till.ts'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import type { Client } from '../support/client.ts'
import { accept, cancel, newCommandId } from '../support/commands.ts'
import { uuidFrom } from '../support/ids.ts'
import { operatorWith, type TestOperator } from '../support/operator.ts'
import { balancesOf, buy, newOffer, richClient } from '../support/shop.ts'
import { branchOf, joinBy, joinTill, newDeviceKeys, type Till, tillBy } from '../support/till.ts'

let backend: Backend
let clerk: TestOperator
beforeAll(async () => {
  backend = await startBackend()
  clerk = await operatorWith(backend, ['catalog'])
})
afterAll(async () => {
  expect(await audit(backend.db)).not.toHaveProperty('fault')
  await backend.close()
})

const read = async <T>(asked: Promise<Response>): Promise<T> => {
  const response = await asked
  expect(response.status).toBe(200)
  return (await response.json()) as T
}
const rowsOf = async <Row>(asked: Promise<Response>) => (await read<{ rows: Row[] }>(asked)).rows
const merchants = () => rowsOf<DeskMerchant>(clerk.call('GET', '/merchants'))
const BAKERY = {
  ...{ merchantId: 'bakery', nameZh: '面包房', nameEn: 'Bakery', city: 'zibo' },
  branches: [
    { nameZh: '东街店', nameEn: 'East Street' },
    { nameZh: '西街店', nameEn: 'West Street' },
  ],
}

describe('a merchant', () => {
  it('joins with its branches, once, however often it is said, and not under a name that another has', async () => {
    const actId = uuidFrom(backend.random)
    for (let i = 0; i < 2; i++)
      expect((await clerk.call('POST', '/merchants', BAKERY, actId)).status).toBe(204)
    const [bakery] = (await merchants()).filter(({ merchantId }) => merchantId === 'bakery')
    expect(bakery).toMatchObject({ state: 'active', branches: [{ nameZh: '东街店' }, { nameZh: '西街店' }] })
    const taken = await clerk.call('POST', '/merchants', { ...BAKERY, nameZh: '另一家' })
    expect(taken.status).toBe(409)
    expect(
      (await clerk.call('POST', '/merchants/bakery/branches', { nameZh: '北街店', nameEn: 'North' })).status,
    ).toBe(204)
    expect((await merchants()).find(({ merchantId }) => merchantId === 'bakery')?.branches).toHaveLength(3)
  })

  it('of another city is not this clerk’s', async () => {
    const own = await operatorWith(backend, [{ role: 'catalog', city: 'jinan' }])
    expect((await own.call('POST', '/merchants', { ...BAKERY, merchantId: 'elsewhere' })).status).toBe(403)
  })

  it('is stopped when a second person agrees, all its tills at once, and goes on by one', async () => {
    const till = await joinTill(backend, { merchantId: 'sample-tailor' })
    const proposed = await read<{ proposalId: string }>(
      clerk.call('PUT', '/merchants/sample-tailor/state', { state: 'suspended' }),
    )
    expect((await till.syncRaw()).status).toBe(200)
    const approver = await operatorWith(backend, ['approver'])
    const { digest } = await read<{ digest: string }>(
      approver.call('GET', `/proposals/${proposed.proposalId}`),
    )
    const decided = await approver.call('POST', `/proposals/${proposed.proposalId}`, {
      verdict: 'approve',
      digest,
    })
    expect(decided.status).toBe(200)
    expect(await (await till.syncRaw()).json()).toMatchObject({ code: 'merchant_suspended' })
    await clerk.stepUp()
    await read(clerk.call('PUT', '/merchants/sample-tailor/state', { state: 'active' }))
    expect((await till.syncRaw()).status).toBe(200)
  })
})

describe('a till at the desk', () => {
  it('comes in by a code that the desk made, stands in the list, and is cut off by it; no record holds the code', async () => {
    const accountId = await branchOf(backend, { merchantId: 'sample-grocer' })
    const made = { role: 'manager', name: '店长' }
    const { code } = await read<TillCode>(clerk.call('POST', `/branches/${accountId}/codes`, made))
    const given = { keys: await newDeviceKeys(), deviceId: uuidFrom(backend.random) }
    const till = await tillBy(backend, { ...given, response: await joinBy(backend, code, given) })
    const { tills } = await read<DeskTills>(clerk.call('GET', `/branches/${accountId}/tills`))
    expect(tills).toMatchObject([{ tillId: till.joined.tillId, name: '店长', role: 'manager' }])
    const cut = clerk.call('POST', `/branches/${accountId}/tills/${till.joined.tillId}/revoke`)
    expect(await read(cut)).toMatchObject({ revokedAt: backend.now() })
    expect(await (await till.syncRaw()).json()).toMatchObject({ code: 'till_revoked' })
    const plain = code.replaceAll(' ', '')
    const text = JSON.stringify([...(await backend.snapshot())])
    expect(text.includes(code) || text.includes(plain)).toBe(false)
  })
})

describe('the money of a branch', () => {
  let till: Till
  let customer: Client
  let finance: TestOperator
  beforeAll(async () => {
    till = await joinTill(backend, { name: '收银台 7' })
    customer = await richClient(backend)
  })
  beforeEach(async () => {
    finance = await operatorWith(backend, ['finance'])
  })
  const statements = () =>
    rowsOf<DeskStatement>(finance.call('GET', `/branches/${till.accountId}/statements`))

  it('is listed record by record with the till, without a person, and its day’s statement is paid once', async () => {
    const voucher = await buy(backend, customer, await newOffer(backend, { valueFen: 70 }))
    const command = accept(backend, voucher.token)
    await till.sync([command], { wire: 2 })
    const [taking] = await rowsOf<Taking>(finance.call('GET', `/branches/${till.accountId}/takings`))
    expect(taking).toMatchObject({ id: command.id, fen: 70, till: '收银台 7', about: voucher.id })
    expect(JSON.stringify(taking)).not.toContain(customer.accountId)
    backend.now.advance(DAY_MS)
    await backend.sweep()
    finance = await operatorWith(backend, ['finance']) // a session lasts half a day
    const [statement] = await statements()
    expect(statement).toMatchObject({ fen: 70, count: 1, dueFen: 70, isPaid: false })
    const pay = { statement: statement?.id }
    backend.now.advance(HOUR_MS)
    const asleep = await finance.call('POST', '/payouts', pay)
    expect(await asleep.json()).toMatchObject({ code: 'step_up_needed' })
    await finance.stepUp()
    for (let i = 0; i < 2; i++) expect(await read(finance.call('POST', '/payouts', pay))).toEqual({ fen: 70 })
    expect((await statements())[0]).toMatchObject({ isPaid: true })
  })

  it('is found by words, by kind, by what is paid, in either order, and by the statement that it stands in', async () => {
    const before = await statements()
    for (let i = 0; i < 3; i++) {
      const voucher = await buy(backend, customer, await newOffer(backend, { valueFen: 100 + i }))
      await till.sync([accept(backend, voucher.token)], { wire: 2 })
    }
    const takings = (query = '') =>
      rowsOf<Taking>(finance.call('GET', `/branches/${till.accountId}/takings?${query}`))
    const every = await takings()
    const [newest] = every
    expect(every.map(({ seq }) => seq)).toEqual(every.map(({ seq }) => seq).toSorted((a, b) => b - a))
    expect(await takings('sort=seq')).toEqual(every.toReversed())
    expect(await takings(`find=${newest?.offerId}`)).toEqual([newest])
    expect(await takings('find=detail')).toEqual([])
    expect(await takings('kind=voucher.refund')).toEqual([])
    for (const kind of ['voucher.accept', 'payout.receive'])
      expect(await takings(`kind=${kind}`)).toEqual(every.filter((each) => each.kind === kind))
    const [paid] = before
    const of = await takings(`from=${paid?.fromSeq}&to=${paid?.toSeq}`)
    expect(of.reduce((sum, { fen }) => sum + fen, 0)).toBe(paid?.fen)
    expect(of.length).toBe(paid?.count)
    backend.now.advance(DAY_MS)
    await backend.sweep()
    finance = await operatorWith(backend, ['finance'])
    const narrowed = async (query: string) =>
      (
        await rowsOf<DeskStatement>(finance.call('GET', `/branches/${till.accountId}/statements?${query}`))
      ).map(({ isPaid, day }) => `${day} ${isPaid}`)
    const all = await narrowed('')
    expect(all).toHaveLength(before.length + 1)
    expect(await narrowed('sort=day')).toEqual(all.toReversed())
    expect(await narrowed('state=unpaid')).toEqual(all.filter((each) => each.endsWith('false')))
    expect(await narrowed('state=paid')).toEqual(all.filter((each) => each.endsWith('true')))
    expect(await narrowed(`find=${paid?.day}`)).toEqual([`${paid?.day} true`])
    const wrong = await finance.call('GET', `/branches/${till.accountId}/takings?from=-1`)
    expect(await wrong.json()).toMatchObject({
      code: 'malformed',
      detail: 'from: expected the number of a record',
    })
  })

  it('of no such statement is not found, and paid for nothing', async () => {
    for (const statement of ['statement.close:x', `statement.close:${till.accountId}:2020-01-01`])
      expect((await finance.call('POST', '/payouts', { statement })).status).toBe(404)
  })
})

describe('a voucher by its number', () => {
  it('is found at its merchant, as far as it has come', async () => {
    const till = await joinTill(backend)
    const customer = await richClient(backend)
    const [used, back] = [
      await buy(backend, customer, await newOffer(backend)),
      await buy(backend, customer, await newOffer(backend)),
    ]
    let reviewer = await operatorWith(backend, ['reviewer'])
    const find = (number: string, merchant = 'sample-cafe') =>
      reviewer.call('GET', `/vouchers?merchant=${merchant}&number=${encodeURIComponent(number)}`)
    const stateOf = async (code = '') => (await read<FoundVoucher>(find(code))).state
    expect(await stateOf(back.detail.voucher?.code)).toBe('open')
    await customer.sync([cancel(backend, back.id as VoucherId)])
    expect(await stateOf(back.detail.voucher?.code)).toBe('returning')
    await till.sync([accept(backend, used.token)], { wire: 2 })
    const found = await read<FoundVoucher>(find((used.detail.voucher?.code ?? '').toLowerCase()))
    expect(found).toMatchObject({ state: 'used', voucherId: used.id, usedBy: till.accountId })
    backend.now.advance(4 * DAY_MS)
    await backend.sweep()
    reviewer = await operatorWith(backend, ['reviewer'])
    expect(await stateOf(back.detail.voucher?.code)).toBe('returned')
    expect((await find(used.detail.voucher?.code ?? '', 'sample-bike')).status).toBe(404)
    expect((await find('0000')).status).toBe(404)
  })
})

describe('a dispute', () => {
  it('waits with the holder’s words, and what a reviewer upholds is given back', async () => {
    const reviewer = await operatorWith(backend, ['reviewer'])
    const till = await joinTill(backend)
    const customer = await richClient(backend)
    const before = await balancesOf(backend, customer)
    const { id: voucherId, token } = await buy(backend, customer, await newOffer(backend))
    await till.sync([accept(backend, token)], { wire: 2 })
    const body = { voucherId, note: '我没去过这家店' }
    const asked = { id: newCommandId(backend), kind: 'voucher.dispute', at: backend.now(), body }
    await customer.sync([canonicalJson(asked)])
    const waiting = () => rowsOf<DeskDispute>(reviewer.call('GET', '/disputes'))
    expect(await waiting()).toMatchObject([{ voucherId, note: '我没去过这家店', branchId: till.accountId }])
    const decision = { verdict: 'upheld', note: '店里没有这笔' }
    const path = `/disputes/${customer.accountId}/${voucherId}`
    const found = async (query: string) =>
      (await rowsOf<DeskDispute>(reviewer.call('GET', `/disputes?${query}`))).length
    expect(
      await Promise.all([
        found(`find=${voucherId}`),
        found('find=%E6%B2%A1%E5%8E%BB%E8%BF%87'),
        found('find=nothing'),
      ]),
    ).toEqual([1, 1, 0])
    expect(await found('sort=-opened&city=zibo')).toBe(0)
    const upheld = { verdict: 'upheld', bearer: 'shop' }
    expect(await read(reviewer.call('POST', path, decision))).toEqual(upheld)
    expect(await waiting()).toEqual([])
    expect(await balancesOf(backend, customer)).toEqual(before)
    const again = reviewer.call('POST', path, { ...decision, verdict: 'dismissed' })
    expect(await read(again)).toEqual(upheld)
    const kept = JSON.stringify(await backend.db.query('select payload from office_acts'))
    expect(kept).not.toContain('店里没有这笔')
  })

  it('against a branch that is gone says so before, and who bears it after', async () => {
    const reviewer = await operatorWith(backend, ['reviewer'])
    const till = await joinTill(backend, { merchantId: 'sample-bike' })
    const customer = await richClient(backend)
    const offer = await newOffer(backend, { merchantId: 'sample-bike' as never })
    const { id: voucherId, token } = await buy(backend, customer, offer)
    await till.sync([accept(backend, token)], { wire: 2 })
    const asked = { id: newCommandId(backend), kind: 'voucher.dispute', at: backend.now() }
    await customer.sync([canonicalJson({ ...asked, body: { voucherId, note: '我没去过' } })])
    const waiting = () => rowsOf<DeskDispute>(reviewer.call('GET', '/disputes'))
    expect((await waiting())[0]).not.toHaveProperty('isBranchGone')
    await deleteAccount(backend.deps, till.accountId)
    expect(await waiting()).toMatchObject([{ voucherId, isBranchGone: true }])
    const path = `/disputes/${customer.accountId}/${voucherId}`
    const decision = { verdict: 'upheld', note: '门店已注销' }
    expect(await read(reviewer.call('POST', path, decision))).toEqual({
      verdict: 'upheld',
      bearer: 'sponsor',
    })
  })
})
