/** A page in a small world: real stores over a real (fake-indexeddb) database, and a backend whose answers the test chooses. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { createPinia, disposePinia, setActivePinia } from 'pinia'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { recordActivity } from '../../../src/actions/record-activity.ts'
import { tellRefused } from '../../../src/composables/tell-refused.ts'
import { type LedgerDb, openLedgerDb } from '../../../src/db/database.ts'
import { DeviceDb } from '../../../src/db/device.ts'
import { writeMeta } from '../../../src/db/meta.ts'
import { isQuotaError } from '../../../src/db/quota-error.ts'
import type { CommandId } from '../../../src/domain/base/ids.ts'
import { useDeviceStore } from '../../../src/stores/device.ts'
import { provideServices } from '../../../src/stores/services.ts'
import type { BackendApi } from '../../../src/sync/backend-api.ts'
import type { SyncStatus } from '../../../src/sync/status.ts'
import type { TillExchange } from '../../../src/sync/till-exchange.ts'
import { SyncProblem, type TransportProblem } from '../../../src/sync/transport.ts'
import { testClock } from '../../support/clock.ts'
import { idsOf } from '../../support/ids.ts'

export const now = testClock()
let worlds = 0

export interface World {
  readonly page: VueWrapper
  readonly router: Router
  readonly device: ReturnType<typeof useDeviceStore>
  readonly storage: IDBFactory
  /** Waits until what the databases and the router still do is on the page. */
  settle(until: () => boolean): Promise<void>
  /** The page is loaded anew on what the phone holds: nothing of its memory is left. */
  reload(): Promise<void>
  close(): Promise<void>
}

export interface Setting {
  readonly path?: string
  /** Instead of one that takes every path for the same. */
  readonly router?: Router
  readonly api?: Partial<BackendApi>
  /** Records that a guest made before. */
  readonly records?: number
  /** The open ledger is an account's. */
  readonly isAccount?: boolean
  /** Of a shop's till. */
  readonly tillExchange?: TillExchange
  /** What each pass of the exchange does. */
  readonly exchange?: (tell: (status: SyncStatus) => void, db: LedgerDb) => Promise<void>
  /** What it needs is loaded before the first pass. */
  readonly loadExchange?: () => Promise<void>
}

/** A busy machine is no bug. */
const PATIENCE_MS = 60_000

export async function openWorld(view: Component, setting: Setting = {}): Promise<World> {
  const newId = idsOf(++worlds)
  const storage = new IDBFactory()
  Dexie.dependencies.indexedDB = storage
  Dexie.dependencies.IDBKeyRange = IDBKeyRange
  let running = await load(view, setting, newId)
  if (setting.isAccount) {
    const ledgerId = running.device.current?.ledgerId ?? ''
    await running.db.profiles.update(ledgerId, { kind: 'account', phoneMasked: '138****8001' } as never)
    await settle(() => running.device.current?.kind === 'account')
    if (running.device.db) await writeMeta(running.device.db, 'restore', { isComplete: true, lastSeq: 0 })
  }
  for (let i = 0; i < (setting.records ?? 0); i++) await recordMeal(running.device, newId)
  await running.show()
  return {
    get page() {
      return running.page()
    },
    get router() {
      return running.router
    },
    get device() {
      return running.device
    },
    storage,
    settle,
    async reload() {
      running.close()
      running = await load(view, setting, newId)
      await running.show()
    },
    close: async () => running.close(),
  }
}

async function settle(until: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!until()) {
    if (performance.now() > end) throw new Error('the page did not come to it')
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** A page's life: its stores over what is stored, then the view. */
async function load(view: Component, setting: Setting, newId: () => string) {
  // What Dexie remembers of live reads goes by a database's name, and the phone's is the same in each world.
  for (const key of Object.keys(Dexie.cache)) delete Dexie.cache[key]
  const db = new DeviceDb(newId())
  const pinia = createPinia()
  setActivePinia(pinia)
  provideServices({
    device: db,
    openLedger: (ledgerId) => openLedgerDb(ledgerId, newId()),
    now,
    page: () => ({ page: '000000a1', elapsed: 0 }),
    newId: () => newId() as CommandId,
    backend: async () => ({ ...offlineApi, ...setting.api }),
    tillExchange: async () => setting.tillExchange ?? noTill,
    async startSync({ db: ledger, onStatus }) {
      await setting.loadExchange?.()
      return { poke: async () => setting.exchange?.(onStatus, ledger), stop: async () => undefined }
    },
  })
  const device = useDeviceStore()
  await settle(() => device.isKnown)
  if (!device.current) await device.chooseCity('weifang')
  await settle(() => device.db !== undefined)
  const router =
    setting.router ??
    createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/:all(.*)*', component: { template: '<div />' } }],
    })
  await router.push(setting.path ?? '/me')
  let page: VueWrapper | undefined
  return {
    db,
    device,
    router,
    page: () => page as VueWrapper,
    async show() {
      // A store of the page before, whose answer came late, may have made its own the active one.
      setActivePinia(pinia)
      const config = { errorHandler: tellRefused(isQuotaError) }
      page = mount(view, { attachTo: document.body, global: { plugins: [router], config } })
    },
    close() {
      page?.unmount()
      disposePinia(pinia) // or its live reads go on in the next world
      device.db?.close()
      db.close()
    },
  }
}

async function recordMeal(device: ReturnType<typeof useDeviceStore>, newId: () => string): Promise<void> {
  if (!device.db) throw new Error('no ledger is open')
  const claim = {
    code: 'clean-plate',
    city: 'weifang',
    startedAt: now(),
    quantity: { value: 1, unit: 'count' },
    evidence: { trust: 'manual' },
  } as const
  await recordActivity({ db: device.db, now, newId: () => newId() as CommandId }, claim)
}

export function problem(code: TransportProblem, retryAfterMs?: number): () => Promise<never> {
  return () => Promise.reject(new SyncProblem(code, retryAfterMs))
}

const offline = problem('offline')
const noTill = {
  join: offline,
  demoCode: offline,
  heldKeys: offline,
  askKeys: offline,
} as unknown as TillExchange
const offlineApi: BackendApi = {
  requestCode: offline,
  signIn: offline,
  demoSms: offline,
  signOut: offline,
  devices: offline,
  links: offline,
  linkCode: offline,
  checkReport: offline,
  demoLink: offline,
  demoAct: offline,
  demoPickup: offline,
  demoPlanting: offline,
  revoke: offline,
  deleteAccount: offline,
  photo: offline,
  isDemo: offline,
  demoEventCode: offline,
  feed: offline,
  helpers: offline,
  helperCode: offline,
  joinAsHelper: offline,
  logAsHelper: offline,
  leaveAsHelper: offline,
  draw: offline,
  trustedKeys: offline,
}
