/** Storage that is blocked, silent, thrown away or cleared under the open page; and signing out of two tabs without a network: always told, nothing lost. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'
import { ledgerId } from './stored.ts'

let server: Server
let person: Person
let page: Page

beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  await server?.end()
})
beforeEach(async () => {
  person = await Person.with(server.url)
  page = person.page
})
afterEach(async () => {
  await person?.end()
})

const rows = (on: Page) => on.locator('main a[href^="/ledger/"]')

async function logsPlate(): Promise<void> {
  await person.goto('/log?code=clean-plate')
  await page.getByRole('button', { name: '记下' }).click()
  await person.sees('已记下')
}

/** As the browser itself does it, under storage pressure or by the person's hand. */
async function clears(storageTypes: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes })
}

describe('a browser that keeps nothing', () => {
  const ways = {
    'has no IndexedDB': `Object.defineProperty(window, 'indexedDB', { value: undefined })`,
    'refuses all site data': `for (const name of ['indexedDB', 'localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })`,
    'fails to open it': `IDBFactory.prototype.open = function () {
      const request = new EventTarget(); request.error = new DOMException('broken', 'InvalidStateError')
      const failed = new Event('error', { cancelable: true }); Object.defineProperty(failed, 'target', { value: request })
      setTimeout(() => request.onerror?.(failed)); return request }`,
    'never answers': `IDBFactory.prototype.open = function () { return new EventTarget() }`,
  }

  it.each(Object.entries(ways))('and %s says so, and the plans can be read', async (_way, script) => {
    await page.addInitScript(script)
    for (const path of ['/', '/log']) {
      await person.goto(path)
      await person.sees('这个浏览器不让绿迹存东西')
      expect(await page.getByRole('button', { name: '记下' }).count()).toBe(0)
    }
    await page.getByRole('link', { name: /潍坊/ }).click()
    await page.waitForURL(/\/city\/weifang/)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.getByRole('searchbox').first().fill('公交')
    await page.locator('main a[href*="/measure/"]').first().waitFor()
    await person.goto('/guides/bins')
    await page.getByRole('heading', { level: 1 }).first().waitFor()
  })
})

describe('a browser that keeps the ledger and no settings', () => {
  const ways = {
    'denies them': `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })`,
    'has no place for them': `Object.defineProperty(window, 'localStorage', { value: null })`,
    'is full of them': `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }`,
  }

  it.each(Object.entries(ways))(
    'and %s lets a city be chosen, and finds the ledger again',
    async (_way, script) => {
      await page.addInitScript(script)
      await person.choosesCity('潍坊')
      await logsPlate()
      await person.goto('/ledger')
      await rows(page).first().waitFor()
    },
  )
})

describe('what the browser throws away', () => {
  it('before the page comes is said to be gone, on every page that needs it, with the ways to get it back', async () => {
    await person.choosesCity('潍坊')
    await logsPlate()
    await page.goto('about:blank')
    await clears('indexeddb')
    for (const path of ['/ledger', '/', '/log']) {
      await person.goto(path)
      await person.sees('这部手机上的记录不见了')
    }
    await page.getByRole('link', { name: '登录取回' }).waitFor()
    await page.getByRole('button', { name: '从备份恢复' }).click()
    await page.locator('main input[type=file]').waitFor({ state: 'attached' })
  })

  it('of the city alone is found again in the ledger, and nobody is asked twice', async () => {
    await person.choosesCity('潍坊')
    await logsPlate()
    await page.evaluate(() => localStorage.clear())
    await person.goto('/ledger')
    await rows(page).first().waitFor()
    expect(new URL(page.url()).pathname).toBe('/ledger')
  })

  it('under two open pages is written anew from memory, and both are told', async () => {
    await person.choosesCity('潍坊')
    await logsPlate()
    const other = await page.context().newPage()
    await other.goto(`${server.url}/ledger`)
    await rows(other).first().waitFor()
    await person.goto('/log?code=bike')
    await page.getByRole('textbox', { name: '里程' }).fill('3')
    await clears('all')
    for (const each of [page, other]) await each.getByText('浏览器刚刚清掉了这个网站的数据').waitFor()
    await page.getByRole('button', { name: '记下' }).click()
    await person.sees('已记下')
    await person.reopen('/ledger')
    await rows(person.page).first().waitFor()
    expect(await rows(person.page).count()).toBe(2)
  })
})

describe('signing out without a network', () => {
  it('leaves no trace on the phone, is told in the other tab, and ends the session once there is a network', async () => {
    await person.choosesCity('潍坊')
    await person.signsIn('13900001234')
    await person.untilSynced()
    const session = `gt-${(await ledgerId(page)).slice(0, 8)}`
    const context = page.context()
    const sessions = async () => (await context.cookies()).filter(({ name }) => name === session).length
    expect(await sessions()).toBe(1)
    const other = await context.newPage()
    await other.goto(`${server.url}/log?code=bike`)
    await other.getByRole('textbox', { name: '里程' }).fill('4')
    await person.goto('/me/privacy')
    await context.setOffline(true)
    await page.getByRole('button', { name: '退出登录', exact: true }).click()
    await page.waitForURL(/\/welcome/)
    await other.getByText('这本账在另一个标签页退出了').waitFor()
    const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    expect(left).toEqual(['greentrace-device'])
    const drafts = () =>
      page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('gt-drafts')))
    await expect.poll(drafts).toEqual([])
    await context.setOffline(false)
    await expect.poll(sessions, { timeout: 20_000 }).toBe(0)
  })
})
