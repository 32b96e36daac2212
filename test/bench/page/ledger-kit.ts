/**
 * Runs inside a page of the app's origin, without the app: writes this phone's databases with the app's own storage code, so that every row
 * is what the app would have stored. Bundled by kit.ts; its exports stand under `ledgerKit` in the page.
 */
import { openGuestLedger as openGuest } from '../../../src/actions/open-guest-ledger.ts'
import { recordActivity } from '../../../src/actions/record-activity.ts'
import { signIn as signInHere } from '../../../src/actions/sign-in.ts'
import { openLedgerDb } from '../../../src/db/database.ts'
import { DeviceDb, readFact, writeFact } from '../../../src/db/device.ts'
import { parseLink, storePage } from '../../../src/db/journal.ts'
import { type PartRead, readPart } from '../../../src/db/pieces.ts'
import { addFixes, beginTrip } from '../../../src/db/trips.ts'
import type { CommandId } from '../../../src/domain/base/ids.ts'
import { copyOf, emptyLedger, type Ledger, needsToPost, post } from '../../../src/domain/ledger/ledger.ts'
import { balanceOf } from '../../../src/domain/ledger/transfer.ts'
import { groupOfCode } from '../../../src/domain/methodology/which-pack.ts'
import { type ChainLink, type Cursor, START } from '../../../src/proof/chain.ts'
import { createBackendApi } from '../../../src/sync/backend-api.ts'
import { createTransport } from '../../../src/sync/transport.ts'
import { bigJournal } from '../../support/big-journal.ts'
import { manyClaims } from '../claims.ts'

const CITY = 'weifang'
const now = () => Date.now()
/** Also the mark of each database, which the app gives at the birth: without one, its first start would write it. */
const newId = () => crypto.randomUUID() as CommandId

/** A person who has chosen a city and not signed in. */
export async function openGuestLedger(): Promise<void> {
  const device = new DeviceDb(newId())
  await openGuest({ device, now, newId }, CITY)
  localStorage.setItem('gt-city', CITY)
  device.close()
}

/** A trip of so many seconds, a fix every two, each written by itself as the recorder does it. Milliseconds of each write, and bytes of the site's data before and after. */
export async function recordTrip(
  seconds: number,
): Promise<{ took: number[]; before: number; after: number }> {
  const usage = async () => (await navigator.storage.estimate()).usage ?? 0
  const db = openLedgerDb(crypto.randomUUID(), newId())
  const startedAt = now() - seconds * 1000
  await beginTrip(db, startedAt)
  const before = await usage()
  const took: number[] = []
  for (let second = 2; second <= seconds; second += 2) {
    const turn = second / 600
    const fix = {
      lat: 36.7 + Math.sin(turn) * 0.02,
      lon: 119.1 + second * 5e-5,
      accuracyMetres: 4 + (second % 9),
    }
    const begun = performance.now()
    await addFixes(db, startedAt, [{ ...fix, at: startedAt + second * 1000 }])
    took.push(performance.now() - begun)
  }
  db.close()
  return { took, before, after: await usage() }
}

/** An account's ledger of so many records, stored page by page as the exchange stores them. Answers the available points. */
export async function openBigLedger(count: number): Promise<number> {
  const accountId = crypto.randomUUID()
  const device = new DeviceDb(newId())
  await device.profiles.put({ ledgerId: accountId, kind: 'account', city: CITY, createdAt: now() })
  await writeFact(device, 'currentLedgerId', accountId)
  localStorage.setItem('gt-city', CITY)
  const db = openLedgerDb(accountId, newId())
  let after: Cursor = START
  const { ledger } = await bigJournal({
    count,
    now: now(),
    accountId,
    async onPage({ links, records, ledger: upTo, head }) {
      const last = links[links.length - 1]
      if (!last) return
      const page = {
        ...{ after, links, records, ledger: upTo, receipts: [], lastSeq: count, clockOffset: 0, now: now() },
        ...{ head: { jws: head, at: now() }, hasMore: upTo.seq < count },
      }
      if ((await storePage(db, page, groupOfCode)) !== 'stored') throw new Error('another tab stores too')
      after = { seq: last.seq, hash: last.hash }
    },
  })
  db.close()
  device.close()
  return balanceOf((ledger ?? emptyLedger()).balances, 'points', 'available')
}

/** The newest records come one by one. */
const SINGLES = 20
/** So many acts in the window of 60 days, or fewer where there are fewer. */
const DAYS_FULL = 50

/** A ledger of so many records of the last weeks; then pages of one record, each read, folded and stored as the exchange does it. Milliseconds of each. */
export async function storeBeside(count: number): Promise<number[]> {
  const db = openLedgerDb(crypto.randomUUID(), newId())
  const took: number[] = []
  let after: Cursor = START
  const store = async (links: readonly ChainLink[], ledger: Ledger, before?: PartRead['before']) => {
    const last = links.at(-1) as ChainLink
    const page = { after, links, records: links.map(parseLink), ledger, ...(before ? { before } : {}) }
    const rest = { receipts: [], lastSeq: count, clockOffset: 0, now: now(), hasMore: false }
    await storePage(db, { ...page, ...rest, head: { jws: '', at: now() } }, groupOfCode)
    after = { seq: last.seq, hash: last.hash }
  }
  const { links } = await bigJournal({
    ...{ count: count + SINGLES, now: now(), accountId: crypto.randomUUID() },
    actsPerDay: Math.ceil(count / DAYS_FULL),
  })
  const held = emptyLedger()
  for (const link of links.slice(0, count)) {
    const { body, detail } = parseLink(link)
    post(held, body, detail)
  }
  await store(links.slice(0, count), held)
  for (const link of links.slice(count)) {
    const startedAt = performance.now()
    const found = await readPart(db, after, needsToPost([parseLink(link)]))
    if (!found) throw new Error('another tab stores too')
    const ledger = copyOf(found.ledger)
    const { body, detail } = parseLink(link)
    post(ledger, body, detail)
    await store([link], ledger, found.before)
    took.push(performance.now() - startedAt)
  }
  db.close()
  return took
}

/** Acts of the last weeks, each recorded as a tap does: one row, one transaction. Milliseconds in all. */
export async function recordActs(count: number): Promise<number> {
  const device = new DeviceDb(newId())
  const db = openLedgerDb((await readFact(device, 'currentLedgerId')) as string, newId())
  const claims = manyClaims(count, now())
  const startedAt = performance.now()
  for (const claim of claims) await recordActivity({ db, now, newId }, claim)
  const took = performance.now() - startedAt
  db.close()
  device.close()
  return took
}

/** Signs in by the code that the simulated gateway shows; the account adopts what was recorded. Milliseconds of it all. */
export async function signIn(phone: string): Promise<{ adopted: number; took: number }> {
  const device = new DeviceDb(newId())
  const api = createBackendApi(createTransport((path, init) => fetch(path, init)))
  await api.requestCode(phone)
  const sms = await api.demoSms(phone)
  if (!sms) throw new Error('the gateway shows nothing')
  const startedAt = performance.now()
  const asked = { phone, code: sms.code, deviceName: 'Bench', city: CITY } as const
  const { adopted } = await signInHere({ device, now, newId }, api, asked)
  device.close()
  return { adopted, took: performance.now() - startedAt }
}

/** What waits, as it will be sent. */
export async function waitingTexts(): Promise<string[]> {
  const device = new DeviceDb(newId())
  const db = openLedgerDb((await readFact(device, 'currentLedgerId')) as string, newId())
  const rows = await db.outbox.orderBy('n').toArray()
  db.close()
  device.close()
  return rows.map(({ text }) => text)
}
