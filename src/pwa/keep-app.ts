/**
 * Keeps the app's files on the phone, all of them before the worker takes over. Workbox brings one after the other, each with a way there and back of
 * its own: on a phone's network with hundreds of files that is half a minute in which nothing works without it.
 */
import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

export interface AppFile {
  readonly url: string
  /** Null: the address says it, as it carries a hash of the content. */
  readonly revision: string | null
}

/** A browser opens six connections to a place: two stay for the page, in which somebody may tap meanwhile. */
const AT_A_TIME = 4

export function keepApp(files: readonly AppFile[]): PrecacheController {
  const kept = new PrecacheController()
  kept.addToCacheList([...files])
  registerRoute(new PrecacheRoute(kept))
  self.addEventListener('install', (event) => event.waitUntil(bringAll(kept, files, event)))
  self.addEventListener('activate', (event) => event.waitUntil(kept.activate(event)))
  return kept
}

/** Any file that does not come fails the whole; what came stays, and the next try goes on from there. */
async function bringAll(
  { strategy }: PrecacheController,
  files: readonly AppFile[],
  event: ExtendableEvent,
): Promise<void> {
  const left = files.map(
    ({ url, revision }) =>
      new Request(url, { cache: revision === null ? 'default' : 'reload', credentials: 'same-origin' }),
  )
  const bring = async () => {
    for (let request = left.shift(); request; request = left.shift())
      await Promise.all(strategy.handleAll({ request, event }))
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, bring))
}
