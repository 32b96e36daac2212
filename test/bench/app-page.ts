/** The built app in a browser, as the parts need it: a served origin, a prepared phone, the moment at which a screen is readable. */
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { kitCode } from './kit.ts'

/** Every part waits this long for what it looks for, and then says that it did not come. */
const PATIENCE_MS = 120_000

/** A page of the origin in which no app runs, with the kit in it. */
export async function withLedgerKit(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/robots.txt`)
  await page.evaluate(await kitCode('ledgerKit'))
}

/** What must stand on the screen for it to be readable: an element that is laid out and whose text holds these words. */
export interface Sight {
  readonly selector: string
  readonly text?: string
}

/** In every page opened from now on: notes when the sight is first painted, in ms from the navigation's start. */
export async function noteSight(context: BrowserContext, sight: Sight): Promise<void> {
  await context.addInitScript(({ selector, text }: Sight) => {
    const isThere = () =>
      [...document.querySelectorAll<HTMLElement>(selector)].some(
        (each) => (each.textContent ?? '').includes(text ?? '') && each.getClientRects().length > 0,
      )
    const observer = new MutationObserver(() => {
      if (!isThere()) return
      observer.disconnect()
      // The frame after the change is the one that shows it.
      requestAnimationFrame(() => {
        Object.assign(globalThis, { readableAt: performance.now() })
      })
    })
    observer.observe(document, { childList: true, subtree: true, characterData: true })
  }, sight)
}

/** Opens the address and answers the ms until the noted sight was there. */
export async function openUntilReadable(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' })
  const handle = await page.waitForFunction(
    () => (globalThis as { readableAt?: number }).readableAt,
    undefined,
    { polling: 50, timeout: PATIENCE_MS },
  )
  return (await handle.jsonValue()) as number
}

/** 1 is the machine as it is, 4 a phone of the lower middle. */
export async function slowDown(page: Page, times: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: times })
  return session
}
