/** A daughter elsewhere logs for her mother: the code told over the phone, acts without a network, by whom they are, and the end of it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

let server: Server
let mother: Person
let daughter: Person

beforeAll(async () => {
  server = await startServer()
  mother = await Person.with(server.url)
  daughter = await Person.with(server.url)
  await mother.choosesCity('潍坊')
  await daughter.choosesCity('青岛')
  await mother.signsIn('13812340001')
})
afterAll(async () => {
  await mother?.end()
  await daughter?.end()
  await server?.end()
})

it('somebody invited comes in by the code, and sees that it is not her own ledger', async () => {
  await mother.goto('/me/helpers')
  const me = mother.page
  await me.getByRole('textbox', { name: '你怎么称呼 TA' }).fill('女儿')
  await me.getByRole('button', { name: '请 TA 代记' }).click()
  await me.getByRole('button', { name: '给 TA 代记码' }).click()
  const code = (await me.getByText(/^[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{2}$/).textContent()) ?? ''

  await daughter.goto('/me')
  await daughter.page.getByRole('link', { name: /家人代记/ }).click()
  await daughter.page.getByRole('textbox', { name: '代记码' }).fill(code.toLowerCase())
  await daughter.page.getByRole('textbox', { name: '替谁记' }).fill('妈妈')
  await daughter.page.getByRole('button', { name: '开始替 TA 记' }).click()
  await daughter.sees('这一笔记进“妈妈”的账本，不是你的')

  await me.keyboard.press('Escape')
  await mother.sees(/加入/)
})

it('what she logs without a network arrives with it, stands in the mother’s ledger with her name, and nowhere in her own', async () => {
  const { page } = daughter
  await page.context().setOffline(true)
  await page.locator('label').filter({ hasText: '公交' }).first().click()
  await page.getByRole('textbox', { name: '里程' }).fill('6')
  await page.getByRole('button', { name: '替妈妈记下' }).click()
  await daughter.sees('1 条还没送到')
  await page.context().setOffline(false)
  await daughter.sees('都送到了')
  await daughter.sees('记上了')

  await mother.goto('/ledger')
  // It comes with one of her phone's next exchanges.
  await expect
    .poll(async () => {
      await mother.page.reload()
      return (await mother.ledgerRows())[0]
    })
    .toContain('由女儿代记')
  await mother.page.locator('main a[href^="/ledger/"]').first().click()
  await mother.sees('谁记的')
  await daughter.goto('/ledger')
  await daughter.page.locator('h1', { hasText: '账本' }).waitFor()
  expect(await daughter.page.locator('main a[href^="/ledger/"]').count()).toBe(0)
})

it('once the mother ends it, nothing more goes in; what was not sent stays to be read', async () => {
  await daughter.goto('/me/helpers')
  await daughter.page.getByRole('link', { name: /替妈妈记一笔/ }).click()
  const walk = daughter.page.locator('label').filter({ hasText: '步行' }).first()
  await walk.waitFor()
  await daughter.page.context().setOffline(true)
  await walk.click()
  await daughter.page.getByRole('textbox', { name: '里程' }).fill('2')
  await daughter.page.getByRole('button', { name: '替妈妈记下' }).click()
  await daughter.sees('1 条还没送到')

  await mother.goto('/me/helpers')
  await mother.page.getByRole('button', { name: '取消代记：女儿' }).click()
  await mother.page.getByRole('dialog').getByRole('button', { name: '取消代记' }).click()
  await mother.sees('还没有请人代记')
  await expect.poll(async () => (await mother.ledgerRows())[0]).toMatch(/取消代记.*(?<!仅在本机|待核算)$/)

  await daughter.page.context().setOffline(false)
  await daughter.sees('已经不能替 TA 记了')
  await daughter.sees('1 条还没送到')
  expect([...mother.errors, ...daughter.errors]).toEqual([])
})
