/**
 * Where the page starts, and the only place that takes a clock, ids and the network from the browser. How this phone shows the app is put on
 * before the first paint; the exchange with the backend is loaded after it.
 */
import './styles/tokens.css'
import './styles/base.css'
import './styles/layout.css'
import './styles/controls.css'
import './styles/reader.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { tellRefused } from './composables/tell-refused.ts'
import { untilIdle } from './composables/until-idle.ts'
import { applyElder } from './composables/useElder.ts'
import { applyLanguage } from './composables/useLanguage.ts'
import { applyTheme } from './composables/useTheme.ts'
import { appVersion, pinnedKeys } from './config.ts'
import { openLedgerDb } from './db/database.ts'
import { DeviceDb, readFact } from './db/device.ts'
import { abortRunning } from './db/left-page.ts'
import { isQuotaError } from './db/quota-error.ts'
import type { CommandId } from './domain/base/ids.ts'
import { router } from './router.ts'
import { provideServices, type RunningSync } from './stores/services.ts'
import { useSyncStore } from './stores/sync.ts'
import type { SyncStatus } from './sync/status.ts'

applyTheme()
applyElder()
applyLanguage()

/** The view's own code has come and stands: from then on the exchange competes with nothing. */
const firstScreen = router.isReady().then(untilIdle)
const device = new DeviceDb(newId())
const now = () => Date.now()
const pageId = newId().replaceAll('-', '').slice(0, 16)
const page = () => ({ page: pageId, elapsed: Math.floor(performance.now()) })
const send = (path: string, init: RequestInit) => fetch(path, init)
const around = { device, now, page, pins: pinnedKeys, isOffline: () => !navigator.onLine }
const pace = {
  random: Math.random,
  setTimer(run: () => void, delayMs: number) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

provideServices({
  device,
  openLedger: (ledgerId) => openLedgerDb(ledgerId, newId()),
  now,
  newId,
  page,
  async backend() {
    const { createBackendApi, createTransport, gzip, sessionSecretOf } = await exchange()
    return createBackendApi(createTransport(send, { pack: gzip, secretOf: sessionSecretOf }), {
      now,
      pins: pinnedKeys,
    })
  },
  async tillExchange() {
    const { tillExchangeOf, webLock } = await import('./sync/till-exchange.ts')
    return tillExchangeOf({ ...around, ...pace, newId, send, lock: webLock(navigator.locks, now) })
  },
  async startSync({ db, accountId, onStatus }): Promise<RunningSync> {
    await firstScreen
    const { createTransport, groupOfCode, gzip, loopOf, requeueAfterUpgrade, sessionSecretOf, webLock } =
      await exchange()
    await requeueAfterUpgrade(db, appVersion)
    const transport = createTransport(send, { pack: gzip, secretOf: sessionSecretOf })
    return loopOf(
      { ...around, db, accountId, transport, groupOf: groupOfCode },
      {
        ...pace,
        lock: webLock(navigator.locks, now),
        onStatus(status) {
          onStatus(status)
          void askForBackgroundSync(status)
        },
      },
    )
  },
  dropCaches,
  wakeLater,
})

const app = createApp(App).use(createPinia())
app.config.errorHandler = tellRefused(isQuotaError)
// Each a task of its own: all in one, a slow phone would not answer a tap for a fifth of a second. What is read from the phone comes first, for
// its answer takes longest.
inATask(useSyncStore)
inATask(() => app.use(router))
inATask(() => app.mount('#app'))

void firstScreen.then(endSessions)
void firstScreen.then(sendOthers).catch(() => undefined)
addEventListener('online', () => {
  void useSyncStore().poke()
  void endSessions()
  void sendOthers().catch(() => undefined)
})
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void useSyncStore().poke()
})
addEventListener('pagehide', ({ persisted }) => persisted && abortRunning())
// Asked for, never waited for: one browser does not answer until its prompt is.
void navigator.storage?.persist?.().catch(() => undefined)

function inATask(step: () => unknown): void {
  setTimeout(step)
}

/** The exchange and what it needs (schemas, signatures), one lazy chunk. */
function exchange() {
  return import('./sync/exchange.ts')
}

/** Sessions that were ended without a network; what tells the backend is only loaded where there are any. */
async function endSessions(): Promise<void> {
  const ended = await readFact(device, 'signOuts').catch(() => undefined)
  if (!ended?.length) return
  const session = await import('./stores/session.ts').catch(() => undefined) // not there now: at the next start, or by the worker
  await session?.useSessionStore().endSessions()
}

/** What was logged here for others, and what was accepted as a shop's till; only loaded on a phone that does so. */
async function sendOthers(): Promise<void> {
  const has = (fact: 'helps' | 'isTill') => readFact(device, fact).catch(() => false)
  if (await has('helps')) await (await import('./stores/helped.ts')).useHelpedStore().send()
  if (await has('isTill')) await (await import('./stores/till.ts')).useTillStore().pokeAll()
}

async function askForBackgroundSync(status: SyncStatus): Promise<void> {
  if (status.phase === 'offline') await wakeLater()
}

/** Where there is Background Sync, the worker goes on when the page is closed. */
async function wakeLater(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.getRegistration()
  const sync = (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync
  const { SYNC_TAG } = await exchange()
  await sync?.register(SYNC_TAG).catch(() => undefined)
}

/** All but the app itself: a track that was shared with it, answers about a person. */
async function dropCaches(): Promise<void> {
  if (!('caches' in globalThis)) return
  for (const name of await caches.keys()) if (!name.startsWith('workbox-precache')) await caches.delete(name)
}

/** `crypto.randomUUID` is missing on plain http, where the app is shown with a warning but must not break. */
function newId(): CommandId {
  if (crypto.randomUUID) return crypto.randomUUID() as CommandId
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  ) as CommandId
}
