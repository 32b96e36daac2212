/** Offers and people with points, for tests of vouchers. */

import { publishOffer } from '../../mock-api/demo/seed.ts'
import { SAMPLE_OFFERS } from '../../mock-api/demo/seed-offers.ts'
import type { OfferId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Backend } from './backend.ts'
import { type Client, type SignInOptions, signIn } from './client.ts'
import { cleanPlate, redeem } from './commands.ts'

let offers = 0

export async function newOffer(
  backend: Backend,
  given: Partial<Offer> = {},
  stock: { total?: number; budgetFen?: number } = {},
): Promise<Offer> {
  const offer: Offer = {
    ...(SAMPLE_OFFERS[0] as { offer: Offer }).offer,
    id: `test-offer-${++offers}` as OfferId,
    version: 1,
    merchantId: 'sample-cafe' as Offer['merchantId'],
    pricePoints: 50,
    valueFen: 50,
    ...given,
  }
  const total = stock.total ?? 100
  await publishOffer(backend.deps, offer, { total, budgetFen: stock.budgetFen ?? total * offer.valueFen })
  return offer
}

/** 216 points: three clean plates. */
export async function richClient(backend: Backend, options?: SignInOptions): Promise<Client> {
  const client = await signIn(backend, options)
  await client.sync([cleanPlate(backend), cleanPlate(backend), cleanPlate(backend)])
  return client
}

/** 216 points more, for each of so many days; the clock goes on. */
export async function earnFor(backend: Backend, client: Client, days: number): Promise<void> {
  for (let i = 0; i < days; i++) {
    backend.now.advance(DAY_MS)
    await client.sync([cleanPlate(backend), cleanPlate(backend), cleanPlate(backend)])
  }
}

export interface Bought {
  readonly id: string
  readonly token: string
  readonly detail: RecordDetail
}

export async function buy(backend: Backend, client: Client, offer: Offer): Promise<Bought> {
  const command = redeem(backend, { id: offer.id, version: offer.version, points: offer.pricePoints })
  const page = await client.sync([command])
  const receipt = page.receipts[0]
  if (receipt?.outcome !== 'accepted')
    throw new Error(`not bought: ${canonicalJson(reasonsOf(await recordsOf(client), command.id))}`)
  const detail = detailOf(await recordsOf(client), command.id)
  return { id: command.id, token: detail.voucher?.token ?? '', detail }
}

export interface ReadRecord {
  readonly body: RecordBody
  readonly detail: RecordDetail
}

export async function recordsOf(client: Pick<Client, 'sync'>): Promise<ReadRecord[]> {
  const { records } = await client.sync()
  return records.map(({ body, detail }) => ({
    body: JSON.parse(body) as RecordBody,
    detail: JSON.parse(detail ?? '{}') as RecordDetail,
  }))
}

export function detailOf(records: readonly ReadRecord[], id: string): RecordDetail {
  const found = records.find(({ body }) => body.id === id)
  if (!found) throw new Error(`no record of ${id}`)
  return found.detail
}

export function reasonsOf(records: readonly ReadRecord[], id: string): string[] {
  return (detailOf(records, id).reasons ?? []).map(({ code }) => code)
}

export async function balancesOf(
  backend: Backend,
  client: Pick<Client, 'accountId'>,
): Promise<{ available: number; held: number }> {
  const [row] = await backend.db.query<{ available: number; held: number }>(
    'select available, held from accounts where account_id = $1',
    [client.accountId],
  )
  return row ?? { available: 0, held: 0 }
}
