/**
 * Keeps the app's files on the phone, all of them before the worker takes over. Workbox brings one after the other, each with a way there and back of
 * its own: on a phone's network with hundreds of files that is half a minute in which nothing works without it. The first time they come as one.
 */
import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { APP_FILES_PATH, splitFiles } from './app-files.ts'

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
  kept: PrecacheController,
  files: readonly AppFile[],
  event: ExtendableEvent,
): Promise<void> {
  await bringAsOne(kept, files).catch(() => undefined) // cut short, or none there: what is missing comes by itself
  const left = files.map(
    ({ url, revision }) =>
      new Request(url, { cache: revision === null ? 'default' : 'reload', credentials: 'same-origin' }),
  )
  const bring = async () => {
    for (let request = left.shift(); request; request = left.shift())
      await Promise.all(kept.strategy.handleAll({ request, event }))
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, bring))
}

/** Of files that are named by their content; an update that changes a few of them brings these alone. */
async function bringAsOne({ strategy }: PrecacheController, files: readonly AppFile[]): Promise<void> {
  const cache = await caches.open(strategy.cacheName)
  const there = new Set((await cache.keys()).map(({ url }) => url))
  const hashed = files.filter(({ revision }) => revision === null)
  const missing = new Set(
    hashed.map(({ url }) => new URL(url, location.href).href).filter((url) => !there.has(url)),
  )
  if (missing.size * 2 < hashed.length) return
  const answer = await fetch(APP_FILES_PATH, { cache: 'no-store', credentials: 'same-origin' })
  if (!answer.ok || !answer.body) return
  const kept: Promise<void>[] = []
  // A full phone refuses here too: each that is not kept is tried by itself afterwards, and that one says it.
  const keep = (href: string, file: Response) => kept.push(cache.put(href, file).catch(() => undefined))
  try {
    for await (const { path, type, body } of splitFiles(answer.body)) {
      const { href } = new URL(path, location.href)
      if (missing.has(href)) keep(href, new Response(body, { headers: headersOf(answer, type) }))
    }
  } finally {
    await Promise.all(kept)
  }
}

/** Of how the whole came on its way, and as what. */
const OF_THE_WHOLE = ['content-encoding', 'content-length', 'content-type', 'etag', 'vary', 'cache-control']

/** A file in it is as safe as one that came by itself: a worker's script has its policy from its headers. */
function headersOf({ headers }: Response, type: string): Headers {
  const own = new Headers([...headers].filter(([name]) => !OF_THE_WHOLE.includes(name)))
  own.set('content-type', type)
  return own
}
