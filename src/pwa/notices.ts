/** Notifications of news that came while no page was open. What stands on a locked screen tells nothing of the person: which kind of news, no more. */
import type { LedgerDb } from '../db/database.ts'
import { type DeviceDb, readFact } from '../db/device.ts'
import { takeUnnoticed } from '../db/news.ts'
import type { Instant } from '../domain/base/time.ts'
import { NOTICES_MAX, noticeOf } from '../text/news/notice.ts'

interface Told {
  readonly device: DeviceDb
  readonly db: LedgerDb
  readonly ledgerId: string
  readonly now: Instant
}

interface OpenPage {
  focus(): Promise<unknown>
  navigate(address: string): Promise<unknown>
}

/** The worker's windows, as far as they are needed. */
interface Windows {
  matchAll(options: { type: 'window' }): Promise<readonly OpenPage[]>
  openWindow(address: string): Promise<unknown>
}

/** Only where the person has turned it on here, and the browser still allows it. */
export async function tellNews(
  registration: ServiceWorkerRegistration,
  { device, db, ledgerId, now }: Told,
): Promise<void> {
  const notices = await readFact(device, 'notices')
  if (!notices?.isOn || Notification.permission !== 'granted') return
  const isOpen = (await readFact(device, 'currentLedgerId')) === ledgerId
  for (const news of (await takeUnnoticed(db, now)).slice(0, NOTICES_MAX)) {
    // Another person's ledger has to be opened first, and that is for them to do.
    const { title, options } = noticeOf(isOpen ? news : { ...news, path: '/me' }, notices.language)
    await registration.showNotification(title, options)
  }
}

/** In the window that is there, else in a new one. */
export async function openNotice(windows: Windows, notice: Notification): Promise<void> {
  notice.close()
  const path = (notice.data as { path?: unknown } | null)?.path
  const address = typeof path === 'string' && path.startsWith('/') ? path : '/news'
  const [page] = await windows.matchAll({ type: 'window' })
  try {
    if (!page) throw new Error('no page is open')
    await page.focus()
    await page.navigate(address)
  } catch {
    await windows.openWindow(address) // none there, or one that this worker does not lead
  }
}
