/** The browser's Background Sync, fired by hand: the app is closed, the network is back, and only the worker is there to send. */
import type { Page } from 'playwright-core'

const TAG = 'greentrace-sync'
/** Of the same origin, so that what is stored can be read, and nothing of the app: the worker itself answers every other address with the app. */
const NO_APP = '/api/v1/health'

/** What waits for a network; undefined in a browser without Background Sync. */
export function syncTags(page: Page): Promise<string[] | undefined> {
  return page.evaluate(async () => {
    const { sync } = (await navigator.serviceWorker.ready) as {
      sync?: { getTags(): Promise<string[]> }
    }
    return sync?.getTags().catch(() => undefined)
  })
}

/** No page of the app is open any more; the network may come back, and nothing sends yet. */
export async function closesApp(page: Page): Promise<void> {
  await page.goto('about:blank')
}

/** As the browser does once there is a network. After `closesApp`. */
export async function wakesWorker(page: Page, origin: string): Promise<void> {
  await page.goto(origin + NO_APP)
  const browser = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const mine = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin))
      if (mine) resolve(mine.registrationId)
    })
  })
  await browser.send('ServiceWorker.enable')
  const registrationId = await registered
  await browser.send('ServiceWorker.dispatchSyncEvent', {
    origin,
    registrationId,
    tag: TAG,
    lastChance: false,
  })
}
