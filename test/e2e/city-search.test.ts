/** A citizen looks something up where there is no network: finds it, keeps it, hands the link on; whoever opens the link reads the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'
import { settled } from './screens.ts'

const MEASURE = '公共自行车大扩容'
const PERMISSIONS = { permissions: ['clipboard-read', 'clipboard-write'] }
let server: Server
let person: Person
let friend: Person | undefined
let link = ''

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url, PERMISSIONS)
})
afterAll(async () => {
  await person?.end()
  await friend?.end()
  await server?.end()
})

const field = () => person.page.getByRole('searchbox')
const results = () => person.page.locator('main .results li a')
const titles = () => person.page.locator('main .results li .title').allInnerTexts()
const filter = (name: string) => person.page.getByRole('combobox', { name })
const heading = (of: Person) => of.page.locator('main h1')

/** The number that a filter's choice promises. */
async function promised(name: string, label: string): Promise<number> {
  await settled(person.page) // the hits are painted first, the filters' counts after them
  const texts = await filter(name).locator('option').allInnerTexts()
  return Number(/ (\d+)$/.exec(texts.find((text) => text.startsWith(label)) ?? '')?.[1])
}

async function choose(name: string, label: string): Promise<void> {
  const texts = await filter(name).locator('option').allInnerTexts()
  await filter(name).selectOption({ index: texts.findIndex((text) => text.startsWith(label)) })
}

describe('after the first start, without a network', () => {
  it('finds the public bikes first, with the words marked', async () => {
    await person.choosesCity('潍坊')
    await server.stop()
    await person.goto('/city')
    await field().fill('公共自行车')
    await results().first().waitFor()
    expect((await titles())[0]).toBe(MEASURE)
    expect(await results().first().locator('mark').first().innerText()).toBe('公共自行车')
  })

  it('finds waste sorting by its English name in the Chinese app, and in every city', async () => {
    await field().fill('waste sorting')
    await results().filter({ hasText: '垃圾分类' }).first().waitFor()
    expect((await titles()).slice(0, 5).join()).toContain('分类')
    const cities = await filter('城市').locator('option').allInnerTexts()
    for (const city of ['济南', '青岛', '潍坊', '淄博', '滨州']) expect(cities.join()).toContain(city)
  })

  it('finds it with a slip of the finger, and says plainly when there is nothing', async () => {
    await field().fill('wast sortng')
    await results().filter({ hasText: '分类' }).first().waitFor()
    await field().fill('qqqqzzzz')
    await person.sees('没有找到“qqqqzzzz”')
    await person.page.getByRole('button', { name: '公共自行车' }).click()
    await results().filter({ hasText: MEASURE }).waitFor()
  })

  it('leads to the bin of a thing that was typed in traditional characters or by its sound', async () => {
    for (const query of ['充電寶', 'chong dian bao']) {
      await field().fill(query)
      await results().first().filter({ hasText: '有害垃圾' }).waitFor()
    }
    await results().first().click()
    await person.sees('容易投错')
    expect(await heading(person).innerText()).toBe('垃圾投哪个桶')
    await person.page.goBack()
    await results().first().waitFor()
    await field().fill('公共自行车')
    await results().filter({ hasText: MEASURE }).first().waitFor()
  })

  it('filters by city and year, and each choice leaves as many as it promised', async () => {
    const inWeifang = await promised('城市', '潍坊')
    await choose('城市', '潍坊')
    await person.sees(`找到 ${inWeifang} 条`)
    const of2021 = await promised('年份', '2021')
    await choose('年份', '2021')
    await person.sees(`找到 ${of2021} 条`)
    for (const text of await results().allInnerTexts()) expect(text).toContain('潍坊')
    expect((await titles())[0]).toBe(MEASURE)
  })

  it('opens the measure, and coming back finds words and filters as they were', async () => {
    await results().first().click()
    await expect.poll(() => heading(person).innerText()).toBe(MEASURE)
    await person.page.goBack()
    await results().first().waitFor()
    expect(await field().inputValue()).toBe('公共自行车')
    expect(await filter('城市').locator('option:checked').innerText()).toMatch(/^潍坊/)
    expect(await filter('年份').locator('option:checked').innerText()).toMatch(/^2021/)
    expect((await titles())[0]).toBe(MEASURE)
  })

  it('keeps also what was typed a moment before the tap', async () => {
    await person.page.getByRole('button', { name: '清除筛选' }).click()
    await field().fill('碳普惠')
    await results().filter({ hasText: '碳' }).first().waitFor()
    await results().first().click()
    await person.page.waitForURL(/\/measure\//)
    await person.page.goBack()
    await results().first().waitFor()
    expect(await field().inputValue()).toBe('碳普惠')
  })

  it('reads figures, document and section, and saves the measure', async () => {
    await field().fill('公共自行车')
    await results().filter({ hasText: MEASURE }).first().click()
    await person.sees('新投放自行车')
    await person.sees(/5,000\s*辆/)
    await person.sees('潍坊市“十四五”应对气候变化规划')
    await person.page.getByRole('button', { name: '收藏' }).click()
    await person.sees('已收藏')
    await person.goto('/city?show=saved')
    await person.sees(MEASURE)
    await person.page.getByRole('link', { name: MEASURE }).click()
  })

  it('shares the link by the clipboard where there is no share sheet', async () => {
    await person.page.evaluate(() => Object.defineProperty(navigator, 'share', { value: undefined }))
    await person.page.getByRole('button', { name: '分享' }).click()
    await person.sees('链接已复制')
    link = await person.page.evaluate(() => navigator.clipboard.readText())
    expect(link).toBe(`${server.url}/city/weifang/measure/wf-m-bike-2021`)
  })

  it('hands the link to the share sheet where there is one', async () => {
    await person.page.reload()
    await person.page.evaluate(() => {
      const share = async (data: ShareData) => void Object.assign(globalThis, { shared: data })
      Object.defineProperty(navigator, 'share', { value: share })
    })
    await person.page.getByRole('button', { name: '分享' }).click()
    await expect
      .poll(() => person.page.evaluate(() => (globalThis as { shared?: ShareData }).shared))
      .toEqual({ title: `潍坊 · ${MEASURE}`, url: link })
  })

  it('the link opens the same measure when the app is started with it, still without a network', async () => {
    await person.reopen(new URL(link).pathname)
    await expect.poll(() => heading(person).innerText()).toBe(MEASURE)
  })
})

describe('the measure on paper and aloud', () => {
  it('prints title, text, figures, source and link, in black on white, and nothing to press', async () => {
    await person.page.evaluate(() => localStorage.setItem('gt-theme', 'dark'))
    await person.page.reload()
    await person.sees('新投放自行车')
    await person.page.emulateMedia({ media: 'print' })
    const printed = await person.page.locator('body').innerText()
    for (const words of [MEASURE, '新投放自行车', '应对气候变化规划', link]) expect(printed).toContain(words)
    expect(await person.page.locator('button:visible').count()).toBe(0)
    const ink = await person.page.locator('.summary').evaluate((each) => getComputedStyle(each).color)
    expect(ink).toBe('rgb(0, 0, 0)')
    await person.page.emulateMedia({ media: null })
    await person.page.evaluate(() => localStorage.removeItem('gt-theme'))
  })

  it('reads aloud in the language of the page with a voice for it, stops on a tap and when the page is left', async () => {
    await person.page.addInitScript(() => {
      const said: { text: string; lang: string }[] = []
      let isCancelled = 0
      const speech = {
        getVoices: () => [
          { lang: 'en-US', localService: true },
          { lang: 'zh-CN', localService: true },
        ],
        speak: (part: { text: string; lang: string; onstart?: () => void }) => {
          said.push({ text: part.text, lang: part.lang })
          part.onstart?.()
        },
        cancel: () => void isCancelled++,
      }
      Object.defineProperty(globalThis, 'speechSynthesis', { value: speech })
      Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', {
        value: class {
          readonly text: string
          constructor(text: string) {
            this.text = text
          }
        },
      })
      Object.assign(globalThis, { spoken: () => ({ said, isCancelled }) })
    })
    await person.page.reload()
    const spoken = () =>
      person.page.evaluate(() =>
        (
          globalThis as unknown as {
            spoken(): { said: { text: string; lang: string }[]; isCancelled: number }
          }
        ).spoken(),
      )
    await person.page.getByRole('button', { name: '朗读' }).click()
    await person.page.getByRole('button', { name: '停止朗读' }).waitFor()
    const { said, isCancelled } = await spoken()
    expect(said[0]).toEqual({ text: MEASURE, lang: 'zh-CN' })
    expect(said.map((part) => part.text).join()).toContain('5,000辆')
    await person.page.getByRole('button', { name: '停止朗读' }).click()
    await person.page.getByRole('button', { name: '朗读', exact: true }).click()
    const before = (await spoken()).isCancelled
    expect(before).toBeGreaterThan(isCancelled)
    await person.tab('城市')
    await field().waitFor()
    expect((await spoken()).isCancelled).toBeGreaterThan(before)
  })

  it('offers no reading where the browser has no voice', async () => {
    await person.page.addInitScript(() =>
      Object.defineProperty(globalThis, 'speechSynthesis', { value: undefined }),
    )
    await person.goto(new URL(link).pathname)
    await person.page.getByRole('button', { name: '打印' }).waitFor()
    expect(await person.page.getByRole('button', { name: '朗读' }).count()).toBe(0)
  })
})

describe('somebody else', () => {
  it('opens the link in a browser that never saw the app, and reads the same measure', async () => {
    await server.start()
    friend = await Person.with(server.url)
    await friend.goto(new URL(link).pathname)
    await expect.poll(() => heading(friend as Person).innerText(), { timeout: 20_000 }).toBe(MEASURE)
    await friend.sees('新投放自行车')
  })

  it('and nothing was written into the console', () => {
    expect([...person.errors, ...(friend?.errors ?? [])]).toEqual([])
  })
})
