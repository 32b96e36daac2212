/** A customer and a shop, with the server away in between: bought, shown, scanned from a picture, accepted without a network, and the same in both books after. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { closesApp, syncTags, wakesWorker } from './background-sync.ts'
import { liveSixWeeks } from './lived-in.ts'
import { Person } from './person.ts'
import { rowsOf } from './stored.ts'

let server: Server
let buyer: Person
let shop: Person
/** Of each voucher: its page, and the picture that is shown. */
const bought: { path: string; picture: Buffer }[] = []

beforeAll(async () => {
  server = await startServer()
  buyer = await Person.with(server.url)
  shop = await Person.with(server.url)
})
afterAll(async () => {
  expect([...buyer.errors, ...shop.errors]).toEqual([])
  await buyer?.end()
  await shop?.end()
  await server?.end()
})

async function buys(): Promise<void> {
  await buyer.goto('/rewards/offer/coffee-tasting')
  await buyer.page.getByRole('button', { name: /兑换/ }).first().click()
  await buyer.page.waitForURL(/\/vouchers\//)
  await buyer.page.getByRole('img', { name: /兑换券/ }).waitFor()
  const picture = await buyer.page.screenshot()
  bought.push({ path: new URL(buyer.page.url()).pathname, picture })
}

async function scans({ picture }: { picture: Buffer }): Promise<void> {
  await shop.page
    .locator('main input[type=file]')
    .setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: picture })
}

async function saysLarge(title: string): Promise<void> {
  await shop.page.getByRole('heading', { level: 1, name: title }).waitFor()
}

async function accepts(voucher: { picture: Buffer }): Promise<void> {
  await scans(voucher)
  await saysLarge('有效')
  await shop.sees('示例咖啡小杯品尝')
  await shop.sees(/须在 .+ 前联网/)
  await shop.page.getByRole('button', { name: '核销' }).click()
  await saysLarge('已核销，请交付')
  await shop.page.getByRole('button', { name: '下一张' }).click()
}

it('two vouchers are bought, and a device becomes the shop’s till', async () => {
  await buyer.choosesCity('潍坊')
  await buyer.signsIn('13812340001')
  await liveSixWeeks(buyer)
  await buys()
  await buys()

  await shop.choosesCity('济南')
  await shop.goto('/me')
  await shop.page.getByRole('link', { name: /收银台/ }).click()
  await shop.page.getByRole('button', { name: /示例商户/ }).click()
  await shop.sees(/今天 \S+ 联过网/) // until then it rightly takes nothing
})

it('with the server away, a till that was switched off and on reads the picture, accepts once, and keeps it', async () => {
  await server.stop()
  await shop.reopen('/till')
  const [first] = bought
  await accepts(first as (typeof bought)[number])
  await scans(first as (typeof bought)[number])
  await saysLarge('已经核销过')
  await shop.page.getByRole('button', { name: '下一张' }).click()
  await shop.sees('1 笔还需联网')
  await shop.goto('/till/today')
  await shop.sees(/还需联网 · 还有 \d+ 小时/)
})

it('once the server is back it is posted, and the customer reads where it was used', async () => {
  await server.start()
  await shop.page.getByRole('button', { name: '现在联网' }).click()
  await shop.sees('已入账')
  await buyer.goto((bought[0] as (typeof bought)[number]).path)
  await buyer.sees(/已使用/)
})

/** The app is closed before there is a network again: the worker sends, where the browser has it do so, else the page once it is opened. */
async function closesTill(): Promise<void> {
  const { page } = shop
  const context = page.context()
  if ((await syncTags(page)) === undefined) return context.setOffline(false)
  await expect.poll(() => syncTags(page)).toEqual(['greentrace-sync'])
  await closesApp(page)
  await context.setOffline(false)
  await wakesWorker(page, server.url)
  const [{ accountId } = { accountId: '' }] = await rowsOf<{ accountId: string }>(
    page,
    'greentrace-till',
    'tills',
  )
  await expect.poll(() => rowsOf(page, `greentrace-ledger-till-${accountId}`, 'outbox')).toEqual([])
}

it('a voucher that is cancelled and then shown to the till without a network is paid, and both are told', async () => {
  const [, second] = bought as [unknown, (typeof bought)[number]]
  await shop.goto('/till')
  await shop.page.locator('main input[type=file]').waitFor({ state: 'attached' })
  await shop.page.context().setOffline(true)
  await buyer.goto(second.path)
  await buyer.page.getByRole('button', { name: /退回/ }).click()
  await buyer.page.getByRole('dialog').getByRole('button', { name: /退回/ }).click()
  await buyer.sees('退回中')

  await accepts(second)
  await closesTill()
  await shop.goto('/till/today')
  await expect.poll(() => shop.page.locator('[data-state=booked]').count()).toBe(2)
  await expect
    .poll(async () => {
      await buyer.goto(second.path)
      await buyer.page.locator('main h1').first().waitFor()
      return buyer.page.getByText(/已使用/).count()
    })
    .toBeGreaterThan(0)

  await shop.goto('/till/close')
  await shop.sees('2 张 · 0.10 元')
  const used = (await buyer.ledgerRows()).filter((row) => row.includes('示例咖啡小杯品尝'))
  expect(used.join()).not.toMatch(/退回中/)
})
