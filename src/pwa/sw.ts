/**
 * The worker: keeps the app on the phone, answers every navigation without a network, and syncs in the background where the browser lets it.
 * The second composition root: it builds the same exchange as main.ts, without a page.
 */
import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { pinnedKeys } from '../config.ts'
import { openLedgerDb } from '../db/database.ts'
import { DeviceDb } from '../db/device.ts'
import { groupOfCode } from '../domain/methodology/current-pack.ts'
import { lockNameOf, passOf, SYNC_TAG } from '../sync/connect.ts'
import { gzip } from '../sync/gzip.ts'
import { webLock } from '../sync/lock.ts'
import { createTransport } from '../sync/transport.ts'
import { keepSharedFile } from '../tracks/shared-file.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//] }))
// A track that another app shares (share_target in the manifest) comes as a posted form, and is read by the page.
registerRoute(
  ({ url }) => url.pathname === '/log',
  async ({ request }) => {
    const file = (await request.formData()).get('track')
    // A full phone keeps nothing; the page then says that it could not read the file.
    if (file instanceof File) await keepSharedFile(file).catch(() => undefined)
    return Response.redirect('/log?import=shared', 303)
  },
  'POST',
)
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
  if (tag === SYNC_TAG) (event as SyncEvent).waitUntil(syncAll())
})

/** One pass for each account on this phone. A failure keeps no other account waiting, and is thrown on, so that the browser tries again. */
async function syncAll(): Promise<void> {
  const device = new DeviceDb()
  const transport = createTransport((path, init) => fetch(path, init), { pack: gzip })
  const lock = webLock(self.navigator.locks, Date.now)
  const profiles = await device.profiles
    .filter((each) => each.kind === 'account' && each.signedOutAt === undefined)
    .toArray()
  let failure: unknown
  for (const { ledgerId } of profiles) {
    const db = openLedgerDb(ledgerId)
    try {
      if ((await db.outbox.where('state').equals('queued').count()) === 0) continue
      const pass = passOf({
        db,
        accountId: ledgerId,
        device,
        transport,
        now: Date.now,
        groupOf: groupOfCode,
        pins: pinnedKeys,
      })
      await lock(lockNameOf(ledgerId), () => pass())
    } catch (error) {
      failure ??= error
    } finally {
      db.close()
    }
  }
  if (failure !== undefined) throw failure
}
