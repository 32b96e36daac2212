/** The page's side of the worker: registers it after the first paint, and tells when a new version waits for the person's word. */
import { Workbox } from 'workbox-window'

export interface WorkerHandle {
  /** Lets the waiting version take over, and loads the page anew once it has. */
  update(): void
}

/**
 * Undefined where there are no workers: on plain http, and in browsers that hide them. A page that may not be loaded anew now, because it records a
 * trip, goes on as it is with what it has loaded.
 */
export async function registerWorker(
  onWaiting: () => void,
  mayReload: () => boolean,
): Promise<WorkerHandle | undefined> {
  if (!('serviceWorker' in navigator)) return undefined
  const workbox = new Workbox('/sw.js')
  workbox.addEventListener('waiting', onWaiting)
  let isReloading = false
  const registration = await workbox.register()
  // An installed app may stay open for weeks: it looks for a new version whenever it is looked at.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration?.update().catch(() => undefined)
  })
  return {
    update() {
      workbox.addEventListener('controlling', () => {
        if (isReloading || !mayReload()) return
        isReloading = true
        location.reload()
      })
      workbox.messageSkipWaiting()
    },
  }
}
