/** Every page of the desk is for everybody: axe finds nothing and no word leaves it, wide and on a tablet, light and Chinese as well as dark and English; and its lists are found in over all that there is. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESK_PAGES } from '../../src/ops/shell/desk-pages.ts'
import { newProfile, type Profile } from '../support/browser.ts'
import { freshPhone } from '../support/client.ts'
import { sampleHeaders } from '../support/operator.ts'
import { type Server, startServer } from '../support/server.ts'
import { axeFindings } from './axe.ts'
import { overflows, smallTargets } from './layout.ts'
import { liveSixWeeks } from './lived-in.ts'
import { Person } from './person.ts'
import { putOn, SCREENS, settled } from './screens.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
]
/** Words of a mouse and a tablet’s finger. */
const TARGET = 44
const SHOPS = 230
/** Until what the till accepted is in the holder’s journal, and on the screen. */
const USED_WITHIN_MS = 90_000

let server: Server
let profile: Profile
let page: Page
const errors: string[] = []

beforeAll(async () => {
  server = await startServer()
  await haveDispute()
  await joinShops()
  profile = await newProfile()
  page = (await profile.open({ viewport: { width: 1280, height: 800 } })).page
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${server.url}/ops`)
  await page.getByRole('button', { name: /示例管理员/ }).click()
  await page.getByRole('heading', { name: '今天等着的' }).waitFor()
})
afterAll(async () => {
  await profile?.end()
  await server?.end()
})

/** A voucher that was had, accepted at a till, and disputed. */
async function haveDispute(): Promise<void> {
  const person = await Person.with(server.url, { serviceWorkers: 'block' })
  try {
    await person.choosesCity('潍坊')
    await person.signsIn(freshPhone())
    await liveSixWeeks(person)
    await person.goto('/rewards/offer/coffee-tasting')
    await person.page.getByRole('button', { name: /兑换/ }).first().click()
    await person.page.waitForURL(/\/vouchers\//)
    const voucher = new URL(person.page.url()).pathname
    await person.untilSynced()
    await person.goto('/till')
    await SCREENS.find(({ name }) => name === 'till-accepted')?.go?.(person.page)
    const notMine = person.page.getByRole('button', { name: '这不是我用的' })
    const isUsed = async () => {
      await person.untilSynced()
      await person.goto(voucher)
      await settled(person.page)
      return notMine.isVisible()
    }
    const giveUpAt = Date.now() + USED_WITHIN_MS
    while (!(await isUsed()))
      if (Date.now() > giveUpAt) throw new Error('the voucher was not said to be used')
    await notMine.click()
    await person.page.getByRole('textbox', { name: '怎么回事' }).fill('那天我不在潍坊')
    await person.page.locator('main form button[type=submit]').last().click()
    await person.sees('已提交异议') // written before the page is left
    await person.untilSynced()
  } finally {
    await person.end()
  }
}

/** More than a page holds. */
async function joinShops(): Promise<void> {
  const headers = await sampleHeaders(server.url)
  for (let i = 0; i < SHOPS; i++) {
    const names = { nameZh: `街角${i}号`, nameEn: `Corner ${i}` }
    const body = JSON.stringify({
      merchantId: `corner-${String(i).padStart(3, '0')}`,
      ...names,
      city: 'zibo',
      branches: [names],
    })
    const response = await fetch(`${server.url}/api/v1/ops/merchants`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': crypto.randomUUID(), origin: server.url },
      body,
    })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  }
}

async function findings(): Promise<string[]> {
  const found: string[] = []
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await settled(page)
    found.push(...(await axeFindings(page)).map((each) => `${size.width} ${each}`))
    found.push(...(await overflows(page)).map((each) => `${size.width} ${each}`))
    found.push(...(await smallTargets(page, TARGET)).map((each) => `${size.width} too small: ${each}`))
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  return found
}

async function visit(path: string): Promise<void> {
  await page.goto(`${server.url}/ops${path}`)
  await settled(page)
}
const rows = () => page.locator('tbody tr')
const search = () => page.getByRole('searchbox')

/** Of two hundred shops each row is like the next, and axe looks at all of them. */
const FEW = '/shops?find=sample'
const PATHS = DESK_PAGES.map(({ name, path }) => ({
  name,
  path: name === 'shops' ? FEW : path.replace(/\/:.*$/, ''),
}))

const NEW = ['shops', 'vouchers', 'disputes', 'offers', 'journal']
describe.each([
  { name: 'light and Chinese', looks: [], pages: PATHS },
  // Colours and words have nothing to do with each other; each kind of page once.
  { name: 'dark and English', looks: ['dark', 'en'], pages: PATHS.filter((each) => NEW.includes(each.name)) },
] as const)('$name', ({ looks, pages }) => {
  beforeAll(() => putOn(page, ...looks))

  it.each(pages)('$name is for everybody', async ({ path }) => {
    await visit(path)
    expect(await findings()).toEqual([])
  })

  it.each(pages)('$name has its first row opened, or its new one, for everybody', async ({ path }) => {
    await visit(path)
    const openable = page.locator('tbody tr.opens')
    const add = page.locator('main header .btn-main')
    if (await openable.first().isVisible()) await openable.first().click()
    else if (await add.isVisible()) await add.click()
    expect(await findings()).toEqual([])
  })

  it('a branch with its tills, its statements and its money is for everybody', async () => {
    await visit('/shops?find=sample-cafe')
    await rows().first().click()
    await page.locator('main .branch button').first().click()
    await page.locator('.desk-table').nth(1).waitFor()
    expect(await findings()).toEqual([])
  })

  it('a list in which nothing is found is for everybody', async () => {
    await visit('/shops?find=nothing&state=suspended')
    expect(await findings()).toEqual([])
  })
})

describe('a list', () => {
  beforeAll(() => putOn(page))

  it('is found in beyond its first page, by keyboard, and the address shows somebody else the same', async () => {
    await visit('/shops')
    await expect.poll(() => rows().count()).toBe(200)
    await search().focus()
    await page.keyboard.type('街角229号')
    await expect.poll(() => rows().count()).toBe(1)
    expect(await search().evaluate((element) => element === document.activeElement)).toBe(true)
    const address = page.url()
    await page.goBack()
    await expect.poll(() => rows().count()).toBe(200)
    expect(await search().inputValue()).toBe('')
    await page.goto(address)
    await expect.poll(() => rows().count()).toBe(1)
    await rows().first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '街角229号', level: 1 }).waitFor()
    // The shop stands in the address too; back is the list as it was narrowed.
    await page.reload()
    await page.getByRole('heading', { name: '街角229号', level: 1 }).waitFor()
    await page.goBack()
    await expect.poll(() => rows().count()).toBe(1)
  })

  it('is ordered over all pages, and its file has what the filter says, all of it', async () => {
    await visit('/shops?city=zibo&find=corner')
    await page.getByRole('button', { name: '编号' }).click()
    await page.getByRole('button', { name: '编号' }).click()
    await expect.poll(() => rows().first().textContent()).toContain('corner-229')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 CSV' }).click()
    const stream = await (await download).createReadStream()
    const parts: Buffer[] = []
    for await (const part of stream) parts.push(part as Buffer)
    const lines = Buffer.concat(parts).toString().trim().split('\r\n').slice(1)
    expect(lines.filter((line) => line.startsWith('corner-'))).toHaveLength(SHOPS)
    expect(lines.some((line) => line.includes('济南'))).toBe(false)
    await page.getByText(`已导出 ${lines.length} 条`).waitFor()
  })

  it('of disputes has the one that a holder sent', async () => {
    await visit('/disputes?find=那天我不在潍坊')
    await expect.poll(() => rows().count()).toBe(1)
  })
})

it('and no page threw', () => {
  expect(errors).toEqual([])
})
