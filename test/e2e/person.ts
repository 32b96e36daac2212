/** A person with a browser: what they tap and what they read, in their words. Selectors stand here and nowhere else. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { newProfile, type Profile, untilOfflineReady } from '../support/browser.ts'

export class Person {
  readonly #profile: Profile
  readonly #url: string
  page!: Page
  /** Errors that the page did not expect: any of them fails a journey. */
  readonly errors: string[] = []

  readonly #options: BrowserContextOptions

  private constructor(profile: Profile, url: string, options: BrowserContextOptions) {
    this.#profile = profile
    this.#url = url
    this.#options = options
  }

  /** @param args of the browser, beside the usual. */
  static async with(
    url: string,
    options: BrowserContextOptions & { isWhole?: boolean } = {},
    args: readonly string[] = [],
  ): Promise<Person> {
    const { isWhole, ...more } = options
    const person = new Person(await newProfile(args, { isWhole }), url, more)
    await person.#open()
    return person
  }

  async #open(): Promise<void> {
    const { page } = await this.#profile.open(this.#options)
    this.page = page
    page.setDefaultTimeout(60_000) // a busy machine is no bug: it only ends what hangs
    page.on('pageerror', (error) => this.errors.push(error.message))
    page.on('console', (message) => {
      // The browser itself reports requests that found no server; being offline is part of the journey.
      if (message.type() === 'error' && !/Failed to load resource|ERR_CONNECTION|net::/.test(message.text()))
        this.errors.push(message.text())
    })
  }

  /** Closes the app as one switches a phone off, and opens it again. */
  async reopen(path = '/'): Promise<void> {
    await this.#profile.close()
    await this.#open()
    await this.goto(path)
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(this.#url + path)
  }

  async end(): Promise<void> {
    await this.#profile.end()
  }

  /** Waits until the words are on the screen. If they do not come, the error says what stands there instead. */
  async sees(words: string | RegExp): Promise<void> {
    try {
      await this.page.getByText(words).locator('visible=true').first().waitFor()
    } catch (cause) {
      const stands = await this.page.locator('body').innerText()
      throw new Error(`${words} is not on ${this.page.url()}, which says:\n${stands}`, { cause })
    }
  }

  async choosesCity(name: string): Promise<void> {
    await this.goto('/')
    await this.page.getByRole('button', { name: new RegExp(name) }).click()
    await this.page.getByRole('heading', { name: '首页' }).waitFor({ state: 'attached' })
    if (this.#options.serviceWorkers !== 'block') await untilOfflineReady(this.page)
  }

  async tab(name: '首页' | '账本' | '记录' | '兑换' | '城市'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name }).first().click()
  }

  /** Logs a trip by hand and stays on the sheet that shows the result. */
  async logsTrip(kind: string, km: string): Promise<void> {
    await this.goto('/log')
    await this.page.locator('label').filter({ hasText: kind }).first().click()
    await this.page.getByRole('textbox', { name: '里程' }).fill(km)
    await this.page.getByRole('button', { name: '记下' }).click()
    await this.sees('已记下')
  }

  /** Imports a track file and logs it. */
  async logsTrack(file: { name: string; text: string }): Promise<void> {
    await this.goto('/log')
    await this.page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: file.name, mimeType: 'application/gpx+xml', buffer: Buffer.from(file.text) })
    await this.page
      .getByText('会发出的')
      .or(this.page.getByText(/路线不离开|轨迹只留/))
      .first()
      .waitFor()
    await this.page.getByRole('button', { name: '记下' }).click()
    await this.sees('已记下')
  }

  /** Asks for a code, takes it from the simulated gateway on the screen, and signs in. */
  async signsIn(phone: string, from = '/'): Promise<void> {
    await this.goto(`/me/sign-in?from=${from}`)
    await this.page.getByRole('textbox', { name: '手机号' }).fill(phone)
    await this.page.getByRole('button', { name: '获取验证码' }).click()
    await this.sees('示例短信网关')
    // Somebody who signed in a minute ago on another phone has to wait for the next code.
    if (await this.page.getByText('刚才已经发过一条').isVisible()) {
      const old = await this.page.getByText(/【/).first().textContent()
      await this.page.getByRole('button', { name: '再发一条', exact: true }).click({ timeout: 70_000 })
      await this.page
        .getByText(/【/)
        .filter({ hasNotText: old ?? '' })
        .first()
        .waitFor()
    }
    await this.page.getByRole('button', { name: '填入验证码' }).click()
    await this.page.getByRole('button', { name: '登录', exact: true }).click()
    await this.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
  }

  /** What the ledger shows, row by row, from top to bottom. */
  async ledgerRows(): Promise<string[]> {
    await this.goto('/ledger')
    await this.page.locator('h1', { hasText: '账本' }).waitFor()
    await this.page.locator('main a[href^="/ledger/"]').first().waitFor()
    const rows = await this.page.locator('main a[href^="/ledger/"]').allInnerTexts()
    return rows.map((row) => row.replace(/\s+/g, ' ').trim())
  }

  /** Takes the first offer that can be afforded; stays on the voucher. Its code, as read aloud. */
  async buysVoucher(): Promise<string> {
    await this.goto('/rewards')
    await this.page.locator('main a[href*="/rewards/offer/"]').first().click()
    await this.page.getByRole('button', { name: /兑换/ }).first().click()
    await this.page.waitForURL(/\/vouchers\//)
    return (await this.page.getByText(/^[0-9A-Z]{4}( [0-9A-Z]{4}){4}$/).textContent()) ?? ''
  }

  /** Nothing waits any more: all that was asked has its answer. */
  async untilSynced(): Promise<void> {
    await this.goto('/me/sync')
    await this.sees(/已同步|都已同步|没有要上传/)
  }
}
