/** A clerk gives an offer a photo and limits; people see it in the list and on its page, with its place kept, and without a network too. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPicture } from '../../src/domain/offers/picture.ts'
import { newProfile, type Profile } from '../support/browser.ts'
import { type Server, startServer } from '../support/server.ts'
import { axeFindings } from './axe.ts'
import { pressOn } from './keyboard.ts'
import { Person } from './person.ts'

let server: Server
let person: Person
let desk: Profile

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  desk = await newProfile()
})
afterAll(async () => {
  await desk?.end()
  await person?.end()
  await server?.end()
})

/** As a camera makes one: larger than any phone shows, with a segment that says where it was taken. */
async function photo(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 1600
    canvas.height = 1200
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    for (let at = 0; at < 3000; at++) {
      context.fillStyle = `hsl(${(at * 47) % 360} 60% ${30 + (at % 40)}%)`
      context.fillRect((at * 97) % 1600, (at * 61) % 1200, 90, 70)
    }
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1] ?? ''
  })
  const bytes = Buffer.from(base64, 'base64')
  const where = Buffer.from('Exif\0\0 36.65N 117.12E', 'latin1')
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, where.length + 2]), where])
  return Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2)])
}

const picture = (page: Page) => page.getByRole('img', { name: '一块杂粮饼' })
const isDrawn = (page: Page) =>
  picture(page)
    .first()
    .evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)

it('goes from the clerk’s photo to a phone without a network', async () => {
  const { page: clerk } = await desk.open({ viewport: { width: 1280, height: 900 } })
  await clerk.goto(`${server.url}/ops`)
  await clerk.getByRole('button', { name: '示例管理员' }).waitFor()
  await pressOn(clerk, /示例管理员/)
  await clerk.getByRole('heading', { name: '今天等着的' }).waitFor()
  await clerk.goto(`${server.url}/ops/offers`)
  await clerk.getByRole('button', { name: '新建兑换' }).click()
  for (const [label, value] of [
    ['编号', 'whole-grain-cake'],
    ['名称（中文）', '杂粮饼一个'],
    ['名称（英文）', 'One whole-grain cake'],
    ['使用规则（中文）', '到店出示。'],
    ['使用规则（英文）', 'Show it at the counter.'],
    ['商户编号', 'sample-grocer'],
    ['积分价', '60'],
    ['付给商户（元/份）', '0.6'],
    ['份数', '50'],
    ['预算（元）', '30'],
    ['每人每周最多（元）', '3'],
    ['每人每年最多（元）', '60'],
  ] as const)
    await clerk.getByLabel(label, { exact: true }).fill(value)
  await clerk.getByLabel('潍坊').check()
  const file = { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: await photo(clerk) }
  await clerk.getByLabel('图片', { exact: true }).setInputFiles(file)
  await clerk.getByLabel('图里是什么（中文）').fill('一块杂粮饼')
  await clerk.getByLabel('图里是什么（英文）').fill('A whole-grain cake')
  await expect.poll(() => isDrawn(clerk)).toBe(true)
  expect(await axeFindings(clerk)).toEqual([])
  await clerk.getByRole('button', { name: '发布', exact: true }).click()
  await clerk.getByText('已发布').waitFor()

  const { page } = person
  await person.choosesCity('潍坊')
  await person.goto('/rewards')
  await expect.poll(() => isDrawn(page)).toBe(true)
  const address = await picture(page).first().getAttribute('src')
  const answer = await fetch(`${server.url}${address}`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect(readPicture(bytes)).toEqual({ type: 'image/webp', width: 800, height: 600 })
  expect(bytes.length).toBeLessThanOrEqual(40 * 1024)

  await person.sees('杂粮饼一个')
  await page.getByRole('link', { name: /杂粮饼一个/ }).click()
  await page.getByRole('heading', { name: '杂粮饼一个' }).waitFor()
  await person.sees('每人每周限')
  await expect.poll(() => isDrawn(page)).toBe(true)
  await page.context().setOffline(true)
  await page.reload()
  await page.getByRole('heading', { name: '杂粮饼一个' }).waitFor()
  await expect.poll(() => isDrawn(page)).toBe(true)
  await page.context().setOffline(false)
  expect(person.errors).toEqual([])
})

it('that does not come leaves the drawing in its place, and nothing on the page moves', async () => {
  const { page } = person
  const path = '/rewards/offer/whole-grain-cake'
  await person.goto(path)
  await expect.poll(() => isDrawn(page)).toBe(true)
  const below = () => page.locator('.card.price').boundingBox()
  const withPicture = await below()
  const again = await Person.with(server.url, { serviceWorkers: 'block' })
  try {
    await again.choosesCity('潍坊')
    await again.page.setViewportSize(page.viewportSize() ?? { width: 390, height: 844 })
    await again.page.route('**/api/v1/pictures/**', (route) => route.abort())
    await again.goto(path)
    await again.page.locator('.picture svg').waitFor()
    const drawn = await again.page.locator('.card.price').boundingBox()
    expect([drawn?.y, drawn?.width]).toEqual([withPicture?.y, withPicture?.width])
  } finally {
    await again.end()
  }
})
