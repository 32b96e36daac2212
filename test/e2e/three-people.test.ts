/** A commuter, an elder and a clerk, each from a fresh install, each in their own way, without a network where they were without one. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { pressOn, tabTo } from './keyboard.ts'
import { layoutFaults } from './layout.ts'
import { Person } from './person.ts'
import { settled } from './screens.ts'

let server: Server
let person: Person
let isStopped = false

beforeAll(async () => {
  server = await startServer()
})
afterEach(async () => {
  expect(person.errors).toEqual([])
  await person.end()
  if (isStopped) await starts()
})
afterAll(() => server?.end())

async function stops(): Promise<void> {
  await server.stop()
  isStopped = true
}

async function starts(): Promise<void> {
  await server.start()
  isStopped = false
}

describe('a commuter in a tunnel', () => {
  it('says two rides in a sentence each, looks up what the city plans, and has it all confirmed at home', async () => {
    person = await Person.with(server.url)
    await person.choosesCity('青岛')
    await person.goto('/city/qingdao/goals')
    await settled(person.page)
    await stops()

    await person.reopen('/log')
    const { page } = person
    await page.getByRole('textbox', { name: '用一句话记' }).fill('今天坐地铁5站')
    await page.keyboard.press('Enter')
    await person.sees('看成：')
    await page.getByRole('button', { name: '记下' }).click()
    await person.sees('已记下')
    const [ride] = await person.ledgerRows()
    expect(ride).toMatch(/地铁 5 站.*仅在本机/)

    await person.goto('/log')
    await page.getByRole('textbox', { name: '用一句话记' }).fill('昨天骑车3公里半')
    await page.keyboard.press('Enter')
    await person.sees('看成：')
    await page.getByRole('button', { name: '记下' }).click()
    await person.sees('已记下')

    await person.goto('/city/qingdao?q=地铁')
    await person.sees(/找到 \d+ 条/)

    await starts()
    await person.signsIn('13812340001')
    await person.untilSynced()
    const rows = await person.ledgerRows()
    expect(rows.filter((row) => /地铁 5 站|骑行 3.5/.test(row))).toHaveLength(2)
    expect(rows.join()).not.toMatch(/仅在本机|已发送/)
  })
})

describe('an elder in the largest letters', () => {
  it('logs the bus by its stops, reads it so afterwards, finds the bin and the warning from home, and nothing is cut off on the way', async () => {
    person = await Person.with(server.url)
    const { page } = person
    await person.choosesCity('潍坊')
    await person.goto('/me/settings')
    await page.locator('label').filter({ hasText: '长辈版' }).first().click()
    await page.getByText('最大', { exact: true }).click()
    const letters = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
    expect(await letters()).toBe('40px')
    const isWhole = async () =>
      expect(await layoutFaults(page, [{ width: 390, height: 844 }], [''])).toEqual([])

    await person.goto('/log?code=bus')
    await page.getByRole('textbox', { name: '站数' }).fill('3')
    await settled(page)
    await isWhole()
    await page.getByRole('button', { name: '记下' }).click()
    await person.sees('已记下')
    expect((await person.ledgerRows())[0]).toMatch(/公交 3 站/)
    await isWhole()

    await person.goto('/')
    await settled(page)
    await isWhole()
    await page.getByRole('link', { name: /垃圾投哪个桶/ }).click()
    await person.sees(/垃圾/)
    await person.goto('/')
    await page
      .getByRole('link', { name: /预警|警报|演练/ })
      .first()
      .click()
    await page.waitForURL(/\/alerts/)
    await settled(page)
    await isWhole()
    await person.goto('/rewards')
    await settled(page)
    await isWhole()
    await person.sees(/还差/)
  })
})

describe('a clerk with a keyboard, in English', () => {
  it('would be told of a focus that nobody sees', async () => {
    person = await Person.with(server.url)
    await person.goto('/welcome')
    await settled(person.page)
    await tabTo(person.page, /潍坊/)
    await person.page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('* { outline: none !important; box-shadow: none !important }')
      document.adoptedStyleSheets = [sheet]
    })
    await expect(tabTo(person.page, /滨州/)).rejects.toThrow('does not show it')
  })

  it('finds a measure, cites it, narrows the plan to a year, sees which systems the app covers, and reports a fault, without a mouse', async () => {
    person = await Person.with(server.url, {
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const { page } = person
    await person.goto('/')
    await tabTo(page, /简体中文|中文/)
    await page.keyboard.press('ArrowRight')
    await pressOn(page, /^Weifang/)
    await page.waitForURL(/\/$/)

    await pressOn(page, /^City$/)
    await tabTo(page, /Search climate actions/)
    await page.keyboard.type('public bike')
    await person.sees(/\d+ results/)
    await pressOn(page, /bicycle|bike/i)
    await page.waitForURL(/\/(measure|goals)/)
    await pressOn(page, /^Copy citation/)
    await person.sees('Citation copied')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/line \d+.*\/city\/weifang/is)

    await person.goto('/city/weifang/goals')
    await tabTo(page, /All years/)
    await page.keyboard.press('ArrowDown')
    await page.waitForURL(/year=20\d\d/)

    await person.goto('/city/weifang/systems')
    await tabTo(page, /^All/)
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(/state=/)

    await person.goto('/city/weifang/voice/feedback')
    await tabTo(page, /Your words/)
    await page.keyboard.type('The bicycle stand at the east gate is broken')
    await pressOn(page, /^Send$/)
    await person.sees(/Sent once you sign in/)
  })
})
