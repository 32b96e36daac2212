/** In a tunnel: look up what is in one's hand, ask what the plan says of a subsidy, tick a step of the green home; it is still ticked tomorrow. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

let server: Server
let person: Person
beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  await person.choosesCity('潍坊')
  await person.page.context().setOffline(true)
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

it('without a network, an item is looked up by the name that people use', async () => {
  const { page } = person
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await person.goto('/city/weifang')
  await page.getByRole('link', { name: '实用指南' }).click()
  await page.getByRole('link', { name: /垃圾投哪个桶/ }).click()
  await page.getByRole('searchbox').fill('饭盒')
  await person.sees('看它是哪一种')
  await page.getByRole('button', { name: /沾油的外卖餐盒/ }).click()
  await page.getByRole('article').getByText('其他垃圾').waitFor()
  await page.goBack()
  await person.sees('看它是哪一种')
  await page.getByRole('searchbox').fill('火箭')
  await person.sees('没有找到“火箭”')
  await page.getByRole('button', { name: /有害垃圾/ }).click()
  await page.getByRole('heading', { name: '有害垃圾' }).waitFor()
  await person.sees('充电宝')
})

it('a few questions lead to what the plan says, with its source, and promise no money', async () => {
  const { page } = person
  await person.goto('/guides/subsidy')
  await page.locator('label').filter({ hasText: '买节能家电' }).click()
  await page.locator('label').filter({ hasText: '自己或家里' }).click()
  await person.sees('潍坊的文件这样说')
  await person.sees('文件说要有补贴')
  await person.sees('不代表一定能领到钱')
  const answer = page.getByRole('region', { name: '潍坊的文件这样说' })
  expect(await answer.innerText()).not.toMatch(/\d\s*元/)
  await page.reload()
  await person.sees('文件说要有补贴')
  await page.locator('label').filter({ hasText: '淄博' }).click()
  await person.sees('文件提倡，没写给钱')
  await page.getByRole('link', { name: /绿色创建与节能产品/ }).click()
  await page.getByRole('heading', { name: '绿色创建与节能产品' }).waitFor()
})

it('a ticked step stays ticked when the app is opened again, and taking all off can be undone', async () => {
  const { page } = person
  await person.goto('/guides/checklists')
  await page.getByRole('checkbox', { name: '换家电，先看能效标识' }).check({ force: true })
  await person.sees('1 / 16')
  await person.reopen('/guides/checklists')
  await person.page.context().setOffline(true)
  await person.page.reload()
  const box = person.page.getByRole('checkbox', { name: '换家电，先看能效标识' })
  await box.waitFor({ state: 'attached' })
  expect(await box.isChecked()).toBe(true)
  await person.page.getByRole('button', { name: '全部取消勾选' }).click()
  await person.sees('0 / 16')
  await person.page.getByRole('button', { name: '撤销' }).click()
  await person.sees('1 / 16')
  expect(person.errors).toEqual([])
})
