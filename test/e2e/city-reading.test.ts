/** Somebody reads what the cities promised, in a tunnel: after one visit with a network, the rest without one. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

let server: Server
let person: Person

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  await person.choosesCity('潍坊')
  await server.stop()
  await person.reopen('/city')
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

const words = (selector: string) => person.page.locator(selector).first().innerText()
const press = (name: string | RegExp) => person.page.getByRole('link', { name }).first().click()

it('opens the own city, and another one, with the figures that matter there', async () => {
  await person.sees('潍坊 · 目标与实测')
  await press('青岛')
  await person.sees('青岛 · 目标与实测')
  const hero = person.page.locator('article').filter({ hasText: '非化石能源消费比重' }).first()
  expect((await hero.innerText()).replace(/\s+/g, ' ')).toMatch(/2025 目标 年份已过 至少 15 %/)
  await hero.getByText('9.5%').waitFor()
  await person.sees('全市用掉的能源里，有多少不来自煤、油和天然气。')
})

it('opens all indicators, one field of them, and the table behind a picture', async () => {
  await press('全部 48 项指标')
  await person.page.locator('label').filter({ hasText: '生态' }).click()
  const forest = person.page.locator('#qd-i-forest')
  await forest.getByLabel('森林覆盖率：表格和出处').click()
  const rows = await forest.locator('tbody tr').allInnerTexts()
  expect(rows.map((row) => row.replace(/\s+/g, ' ').trim())).toEqual([
    '2020 14.46% 实测',
    '2025 15% 目标 · 年份已过',
    '2030 — 未公布',
  ])
  await forest.getByText('青岛市“十四五”应对气候变化规划').waitFor()
  const coast = person.page.locator('#qd-i-coastline')
  expect((await coast.innerText()).replace(/\s+/g, ' ')).toContain(
    '至少 40% 2020 实测 由省下达 2025 未公布 2030',
  )
})

it('sees on the timeline what is past and what is to come, and goes from a target to its indicator', async () => {
  await person.goto('/city/jinan/timeline')
  await person.sees(/今天 · 20\d\d/)
  const years = await person.page.locator('main h2').allInnerTexts()
  expect(years.slice(0, 2)).toEqual(['2025', '2030'])
  await press(/森林覆盖率.*约 23%/)
  const forest = person.page.locator('#jn-i-forest')
  await forest.getByText('约 23%').first().waitFor()
  await expect
    .poll(() => forest.evaluate((one) => one.getBoundingClientRect().bottom < innerHeight))
    .toBe(true)
  expect(person.page.url()).toMatch(/\/city\/jinan\/goals#jn-i-forest$/)
})

it('reads the district targets as numbers', async () => {
  await person.goto('/city/qingdao')
  await person.page.getByText('看数字').first().click()
  const table = person.page.getByRole('table').first()
  expect((await table.innerText()).replace(/\s+/g, ' ')).toContain('西海岸新区 22.5%')
})

it('compares two cities, is told what to mind, and who has written nothing', async () => {
  await press('城市对比')
  for (const name of ['济南', '淄博', '滨州'])
    await person.page.getByRole('button', { name, exact: true }).click()
  await person.page.locator('label').filter({ hasText: '生态' }).click()
  const forest = person.page.locator('article').filter({ hasText: '森林覆盖率' })
  expect((await forest.innerText()).replace(/\s+/g, ' ')).toContain(
    '青岛 2020 实测 14.46% 2025 目标 15% 潍坊 2020 实测 14.02% 2025 目标 14.02%',
  )
  await person.page.locator('label').filter({ hasText: '能源' }).click()
  await press('看提醒和出处 非化石能源比重')
  await person.sees('比之前留意')
  await person.sees(/只算可再生能源，核电不算/)
  await person.page.getByRole('button', { name: '滨州', exact: true }).click()
  await person.sees(/滨州市碳达峰工作方案/)
})

it('says of a city that has written nothing that its plan does not say, and asks for a second city', async () => {
  await person.goto('/compare?cities=jinan,weifang,zibo&concept=forest')
  await person.sees('淄博：该市规划没有写。')
  await person.goto('/compare?cities=jinan')
  await person.sees('再选一座城市')
  await press('所有城市一起比')
  await person.sees(/件事能放在一起看/)
})

it('and nothing went wrong on the way', async () => {
  expect(await words('main h1')).toBe('城市对比')
  expect(person.errors).toEqual([])
})
