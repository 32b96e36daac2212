/** A ledger on a fake IndexedDB, filled with a real journal and opened by the app's own stores. */
import { createPinia, setActivePinia } from 'pinia'
import { type LedgerDb, openLedgerDb } from '../../../src/db/database.ts'
import { DeviceDb, writeFact } from '../../../src/db/device.ts'
import { storePage } from '../../../src/db/journal.ts'
import { writeKept } from '../../../src/db/kept.ts'
import type { CityId } from '../../../src/domain/base/city.ts'
import type { CommandId } from '../../../src/domain/base/ids.ts'
import type { Packs } from '../../../src/domain/methodology/pack.ts'
import { groupOfCode } from '../../../src/domain/methodology/which-pack.ts'
import { type Cursor, START } from '../../../src/proof/chain.ts'
import { useDeviceStore } from '../../../src/stores/device.ts'
import { provideServices } from '../../../src/stores/services.ts'
import { type BigJournal, bigJournal, journalOffer } from '../../support/big-journal.ts'

export const accountId = '11111111-1111-4111-8111-111111111111'
/** 2026-11-20 12:00 in Shandong. */
export const now = 1_795_147_200_000

export interface OpenedJournal {
  readonly db: LedgerDb
  readonly device: DeviceDb
  readonly journal: BigJournal
  /** The phone's: a test sets it on. */
  readonly clock: { now: number }
}

let made = 0

export interface JournalSetting {
  /** When its last record was posted, and the phone opened. */
  readonly at?: number
  readonly city?: CityId
  readonly packs?: Packs
}

export async function openJournal(count: number, setting: JournalSetting = {}): Promise<OpenedJournal> {
  const { at = now, city = 'weifang', packs } = setting
  const device = new DeviceDb()
  const seeded = openLedgerDb(accountId)
  let after: Cursor = START
  const journal = await bigJournal({
    count,
    now: at,
    city,
    packs,
    accountId,
    actsPerDay: 8,
    async onPage({ links, records, ledger, head }) {
      const last = links.at(-1)
      if (!last) return
      await storePage(
        seeded,
        {
          after,
          links,
          records,
          ledger,
          receipts: [],
          head: { jws: head, at },
          lastSeq: count,
          hasMore: false,
          clockOffset: 0,
          now: at,
        },
        groupOfCode,
      )
      after = { seq: last.seq, hash: last.hash }
    },
  })
  const stock = { total: 100, remaining: 37, budgetFen: 100_000, spentFen: 36_000 }
  const offers = { offers: [{ offer: journalOffer, stock }], at: now }
  await writeKept(device, { key: 'offers', value: offers, at: now })
  seeded.close()
  // Signed out: no exchange is started in a test of what the phone shows.
  await device.profiles.put({
    ledgerId: accountId,
    kind: 'account',
    city,
    createdAt: at,
    signedOutAt: at,
  })
  await writeFact(device, 'currentLedgerId', accountId)
  await writeFact(device, 'keys', { keys: [journal.publicKey] })
  setActivePinia(createPinia())
  const clock = { now: at }
  provideServices({
    device,
    openLedger: openLedgerDb,
    now: () => clock.now,
    page: () => ({ page: '000000a1', elapsed: 0 }),
    newId: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}` as CommandId,
    backend: () => Promise.reject(Object.assign(new Error('offline'), { code: 'offline' })),
    startSync: () => Promise.resolve({ poke: () => Promise.resolve(), stop: () => Promise.resolve() }),
    ...(packs ? { packs } : {}),
  })
  const store = useDeviceStore()
  const db = await until(() => store.db)
  return { db, device, journal, clock }
}

/** The first value that is there, after as many turns as live reads take. */
export async function until<T>(read: () => T | undefined | false): Promise<T> {
  for (let turn = 0; turn < 400; turn++) {
    const value = read()
    if (value !== undefined && value !== false) return value
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('waited in vain')
}
