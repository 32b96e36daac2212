/** A pick-up from the kitchen table to the points: linked, booked without a network, collected, weighed; and one that is called off. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, dayOf } from '../../src/domain/base/time.ts'
import { freshPhone } from '../support/client.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

let server: Server
let person: Person
beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  await person.choosesCity('淄博')
  await person.signsIn(freshPhone(), '/pickups/new')
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

const button = (name: string) => person.page.getByRole('button', { name, exact: true })
const fill = (label: string, text: string) => person.page.getByRole('textbox', { name: label }).fill(text)

async function books(goods: readonly string[]): Promise<void> {
  for (const kind of goods) await person.page.getByText(kind, { exact: true }).click()
  await person.page.getByLabel('哪一天').fill(addDays(dayOf(Date.now()), 1))
  await person.page.getByText('9–12 点').click()
  await fill('上门地址', '柳泉路 8 号 2 单元 301')
  await button('预约').click()
}

describe('a pick-up', () => {
  it('says first that the service has to be linked, and what it would report', async () => {
    await person.sees(/还没有关联“回收站（示例）”/)
    await person.page.getByRole('link', { name: '去看看并关联' }).click()
    await button('关联：回收站（示例）').click()
    await button('同意并关联').click()
    await button('让示例服务方确认').click()
    await person.page.getByRole('article', { name: '回收站（示例）' }).getByText('已关联').waitFor()
  })

  it('is booked without a network; what is missing is said, and nothing that was filled in is lost', async () => {
    await person.goto('/pickups/new')
    await person.sees('有什么要收')
    await server.stop()
    await fill('要说明的（可不填）', '四楼没有电梯')
    await button('预约').click()
    await person.sees('至少选一样')
    await person.sees('写下地址，才找得到门')
    await person.page.reload()
    await expect
      .poll(() => person.page.getByRole('textbox', { name: '要说明的（可不填）' }).inputValue())
      .toBe('四楼没有电梯')
    await books(['旧衣服', '废纸'])
    await person.sees('旧衣服、废纸')
    await server.start()
    await person.untilSynced()
  })

  it('is followed step by step, weighed by the service, and counts what has a factor', async () => {
    await person.goto('/pickups')
    await person.page.getByRole('link', { name: /旧衣服、废纸/ }).click()
    for (const step of ['已接单', '在路上', '已收走']) {
      await button('让示例服务往前走一步').click()
      await person.sees(step)
    }
    await person.page.getByRole('link', { name: /旧衣回收/ }).click()
    await person.sees(/服务方上报/)
    await button('申请复核').waitFor()
  })

  it('is called off as long as nobody has come', async () => {
    await person.goto('/pickups/new')
    await books(['玻璃'])
    await person.page.getByRole('link', { name: /玻璃/ }).first().click()
    await button('取消上门').click()
    await person.page.getByRole('dialog').getByRole('button', { name: '取消上门' }).click()
    await person.sees('已取消')
    expect(person.errors).toEqual([])
  })
})
