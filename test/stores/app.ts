/** The app without its screens: the real stores over a fake IndexedDB, the real exchange, the real backend in process. */
import { createPinia, disposePinia, type Pinia, setActivePinia } from 'pinia'
import { openLedgerDb } from '../../src/db/database.ts'
import { DeviceDb } from '../../src/db/device.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { useActLog } from '../../src/stores/act-log.ts'
import { useDeviceStore } from '../../src/stores/device.ts'
import { useLedgerStore } from '../../src/stores/ledger.ts'
import { useOffersStore } from '../../src/stores/offers.ts'
import { usePeople } from '../../src/stores/people.ts'
import { provideServices } from '../../src/stores/services.ts'
import { useSessionStore } from '../../src/stores/session.ts'
import { useSyncStore } from '../../src/stores/sync.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import { loopOf } from '../../src/sync/connect.ts'
import type { Backend } from '../support/backend.ts'
import { freshPhone } from '../support/client.ts'
import { uuidFrom } from '../support/ids.ts'
import { newStorage, Phone, type Storage } from '../support/phone.ts'

export interface OpenApp {
  readonly storage: Storage
  readonly device: ReturnType<typeof useDeviceStore>
  readonly ledger: ReturnType<typeof useLedgerStore>
  readonly acts: ReturnType<typeof useActLog>
  readonly offers: ReturnType<typeof useOffersStore>
  readonly people: ReturnType<typeof usePeople>
  readonly session: ReturnType<typeof useSessionStore>
  readonly sync: ReturnType<typeof useSyncStore>
  readonly deviceDb: DeviceDb
  /** Signs in by the code that the simulated gateway shows, and waits until the account's ledger is open. */
  signIn(number?: string): Promise<string>
  close(): Promise<void>
}

export interface AppOptions {
  readonly storage?: Storage
  /** The way to the backend, to be bent by the test. */
  readonly send?: (request: Request) => Promise<Response>
}

/** Longer than a busy machine takes to load a lazy chunk; only ends what would hang. */
const PATIENCE_MS = 30_000

/** What live reads, promises and the screen's queue still do is done, as far as `until` asks. */
export async function settle(until: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!until()) {
    if (performance.now() > end) throw new Error(`it did not come to it: ${until}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export async function openApp(backend: Backend, options: AppOptions = {}): Promise<OpenApp> {
  const storage = options.storage ?? newStorage()
  const send = options.send ?? ((request: Request) => backend.fetch(request))
  const newId = () => uuidFrom(backend.random) as CommandId
  // Only its storage and its way to the backend, cookies included: the ledger is opened by the stores.
  const { transport } = new Phone({ storage, send, newId, now: backend.now }).use()
  const deviceDb = new DeviceDb(newId())
  const startedAt = backend.now()
  const pinia: Pinia = createPinia()
  setActivePinia(pinia)
  provideServices({
    device: deviceDb,
    openLedger: (ledgerId) => openLedgerDb(ledgerId, newId()),
    now: backend.now,
    newId,
    page: () => ({ page: '000000a1', elapsed: backend.now() - startedAt }),
    backend: async () => createBackendApi(transport),
    startSync: async ({ db, accountId, onStatus }) =>
      loopOf(
        { db, accountId, device: deviceDb, transport, now: backend.now, groupOf: groupOfCode },
        { lock: async (_name, work) => work(), random: () => 0.5, setTimer: () => () => {}, onStatus },
      ),
  })
  const device = useDeviceStore()
  const sync = useSyncStore()
  const app = {
    storage,
    device,
    sync,
    deviceDb,
    ledger: useLedgerStore(),
    acts: useActLog(),
    offers: useOffersStore(),
    people: usePeople(),
    session: useSessionStore(),
  }
  await settle(() => device.isKnown)
  return {
    ...app,
    async signIn(number = freshPhone()) {
      await app.session.requestCode(number)
      const sms = await app.session.demoSms(number)
      const asked = { phone: number, code: sms?.code ?? '', deviceName: 'Test', city: 'weifang' } as const
      const { profile } = await app.session.enter(asked)
      await settle(() => device.current?.ledgerId === profile.ledgerId && app.ledger.base !== undefined)
      return profile.ledgerId
    },
    async close() {
      await sync.stop()
      disposePinia(pinia)
      device.db?.close()
      deviceDb.close()
    },
  }
}
