/**
 * The worker: keeps the app on the phone, answers every navigation without a network, and syncs in the background where the browser lets it.
 * The second composition root: it builds the same exchange as main.ts, without a page.
 */
import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { pinnedKeys } from '../config.ts'
import { DeviceDb } from '../db/device.ts'
import { NEWS_TAG } from '../db/news.ts'
import { PICTURES_PATH } from '../domain/offers/picture.ts'
import { SYNC_TAG } from '../sync/connect.ts'
import { gzip } from '../sync/gzip.ts'
import { webLock } from '../sync/lock.ts'
import { createTransport } from '../sync/transport.ts'
import { keepSharedFiles } from '../tracks/shared-file.ts'
import { type AppFile, keepApp } from './keep-app.ts'
import { keptPicture, PICTURES_CACHE } from './kept-pictures.ts'
import { openNotice, tellNews } from './notices.ts'
import { type Background, syncBoth } from './sync-all.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: AppFile[] }

const app = keepApp(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(
  new NavigationRoute(app.createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//, /^\/ops(\/|$)/] }),
)
// A track that another app shares (share_target in the manifest) comes as a posted form. So can one from any other site: the page asks first.
registerRoute(
  ({ url }) => url.pathname === '/log',
  async ({ request }) => {
    const files = (await request.formData()).getAll('track').filter((file) => file instanceof File)
    if (files.length === 0) return Response.redirect('/log', 303)
    // A full phone keeps nothing; the page then says that it could not read the files.
    const isKept = await keepSharedFiles(files).catch(() => true)
    return Response.redirect(`/log?import=${isKept ? 'shared' : 'too_large'}`, 303)
  },
  'POST',
)
// Pictures of offers are asked for as they are seen; what was seen is seen without a network, too.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(PICTURES_PATH),
  async ({ request }) => keptPicture(request, { cache: await caches.open(PICTURES_CACHE), reach: fetch }),
)
// Where builds of before kept a decoder of codes: no part of the app any more, and 0.9 MB.
self.addEventListener('activate', (event) => event.waitUntil(caches.delete('greentrace-decoder')))
// The first worker takes the open page under its wing at once; a later one waits until the person agrees (register.ts).
clientsClaim()

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | undefined)?.type === 'SKIP_WAITING') void self.skipWaiting()
})

/** Not in TypeScript's lib: Background Sync is Chromium's alone. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

self.addEventListener('sync', (event) => {
  const { tag } = event as SyncEvent
  if (tag === SYNC_TAG) (event as SyncEvent).waitUntil(syncBoth(background()))
})

/** Of an installed app, every some hours if the browser thinks so; Chromium's alone as well. */
self.addEventListener('periodicsync', (event) => {
  const { tag } = event as SyncEvent
  if (tag === NEWS_TAG) (event as SyncEvent).waitUntil(syncBoth({ ...background(), asksAll: true }))
})

self.addEventListener('notificationclick', (event) => {
  event.waitUntil(openNotice(self.clients, event.notification))
})

function background(): Background {
  const device = new DeviceDb()
  return {
    device,
    onSynced: (db, ledgerId) => tellNews(self.registration, { device, db, ledgerId, now: Date.now() }),
    transport: createTransport((path, init) => fetch(path, init), { pack: gzip }),
    lock: webLock(self.navigator.locks, Date.now),
    now: Date.now,
    pins: pinnedKeys,
    send: (path, init) => fetch(path, init),
    newId: () => crypto.randomUUID(),
  }
}
