/** How fast a rush for the last pieces is served, and how fast a shop's acceptances of a day without a network are settled. */

import { keyOf } from '../../mock-api/base/secret.ts'
import { decideBatch } from '../../mock-api/book/decide-batch.ts'
import { openAccount } from '../../mock-api/book/open-account.ts'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'
import { readRecordOf } from '../../mock-api/storage/records.ts'
import type { AccountId, OfferId } from '../../src/domain/base/ids.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { accept, cleanPlate, redeem } from '../support/commands.ts'
import { newOffer } from '../support/shop.ts'
import { branchOf } from '../support/till.ts'
import { type Part, type Report, sizeFrom } from './figures.ts'
import { openPostgres } from './postgres.ts'

const CONTENDERS = sizeFrom('BENCH_ACCOUNTS', 2000)
const PIECES = 50
const ACCEPTANCES = 1000
const COMMANDS_A_BATCH = 500
const AT_ONCE = 8

export const shopsPart: Part = {
  name: 'shops',
  how: `${CONTENDERS} people want the last ${PIECES} pieces, ${AT_ONCE} at once; then ${ACCEPTANCES} acceptances of one till, in batches of ${COMMANDS_A_BATCH}, each a record of its own in both journals, on PostgreSQL`,
  needsBuild: false,
  async run(report) {
    const postgres = await openPostgres()
    if (!postgres)
      return report.note('no PostgreSQL: TEST_DATABASE_URL is not set and no binaries were found')
    const { url, drop } = await postgres.newDatabase(`greentrace_shops_${process.pid}`)
    const db = openPostgresql(url)
    try {
      await measure(report, await startBackend({ db, now: Date.now() }))
    } finally {
      await db.close()
      await drop()
      await postgres.end()
    }
  },
}

async function measure(report: Report, backend: Backend): Promise<void> {
  const people = await peopleWithPoints(backend)
  const scarce = await newOffer(backend, { pricePoints: 1, valueFen: 1 }, { total: PIECES })
  const rush = await timed(people, (accountId) => decide(backend, accountId, [wish(backend, scarce)]))
  report.row(`redemptions decided/s of ${CONTENDERS} (goal ≥ 400)`, people.length / rush)
  report.row(`  granted of ${PIECES} pieces`, await vouchersOf(backend, scarce.id))

  const plenty = await newOffer(backend, { pricePoints: 1, valueFen: 1 }, { total: ACCEPTANCES })
  const tokens: string[] = []
  await timed(people.slice(0, ACCEPTANCES), async (accountId) => {
    const command = wish(backend, plenty)
    await decide(backend, accountId, [command])
    const record = await readRecordOf(backend.db, accountId, command.id)
    tokens.push(openDetail(record?.detail)?.voucher?.token ?? '')
  })
  const branch = await branchOf(backend)
  const accepted = tokens.map((token) => accept(backend, token))
  const from = performance.now()
  for (let at = 0; at < accepted.length; at += COMMANDS_A_BATCH)
    await decide(backend, branch, accepted.slice(at, at + COMMANDS_A_BATCH), true)
  report.row(`s until ${ACCEPTANCES} are settled (goal ≤ 5)`, (performance.now() - from) / 1000)
  const [row] = await backend.db.query<{ count: number }>(
    "select count(*) as count from crossings /* all accounts */ where kind = 'settle' and state = 'done'",
  )
  report.row('  done in both journals', row?.count ?? 0)
}

async function peopleWithPoints(backend: Backend): Promise<AccountId[]> {
  const people: AccountId[] = []
  const numbers = Array.from({ length: Math.max(CONTENDERS, ACCEPTANCES) }, (_, n) => n)
  await timed(numbers, async (n) => {
    const phoneKey = keyOf('bench', String(n))
    const { account } = await openAccount(backend.deps, { phoneKey, city: 'weifang' })
    await decide(backend, account.accountId, [cleanPlate(backend)])
    people.push(account.accountId)
  })
  return people
}

function wish(backend: Backend, { id, version, pricePoints: points }: Offer) {
  return redeem(backend, { id, version, points })
}

async function decide(
  backend: Backend,
  accountId: AccountId,
  commands: readonly Command[],
  isTill = false,
): Promise<void> {
  const till = { id: branchTill, name: '一号台', role: 'till' } as const
  await decideBatch(
    backend.deps,
    commands.map((command) => canonicalJson(command)),
    { accountId, exchange: { sentAt: backend.now() }, ...(isTill ? { till } : {}) },
  )
}

const branchTill = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'

async function vouchersOf(backend: Backend, offerId: OfferId): Promise<number> {
  const [row] = await backend.db.query<{ count: number }>(
    "select count(*) as count from offer_claims where offer_id = $1 and state = 'confirmed' /* all offers */",
    [offerId],
  )
  return row?.count ?? 0
}

/** Seconds until all are done, so many at once. */
async function timed<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<number> {
  const from = performance.now()
  const left = all.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const one of left) await work(one)
    }),
  )
  return (performance.now() - from) / 1000
}
