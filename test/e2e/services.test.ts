/** A linked service reports for a citizen while the app is closed: what one agrees to, the code, the ride in the ledger, and the end of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshPhone } from '../support/client.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

let server: Server
let person: Person
beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  await person.choosesCity('潍坊')
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

const button = (name: string) => person.page.getByRole('button', { name, exact: true })
const bike = () => person.page.getByRole('article', { name: '公共自行车（示例）' })

describe('a linked service', () => {
  it('is read about by anybody, and linked by who has an account: what one agrees to stands there first', async () => {
    await person.goto('/me/services')
    await person.sees('登录后才能关联')
    await person.sees('每次借还车的时间和里程，不含路线。')
    await person.signsIn(freshPhone(), '/me/services')
    await button('关联：公共自行车（示例）').click()
    await person.sees('看不到你的手机号、账户、积分和别的记录')
    await button('同意并关联').click()
    await button('让示例服务方确认').click()
    await bike().getByText('已关联').waitFor()
  })

  it('reports a ride, which stands in the ledger with its number and where it comes from', async () => {
    await bike().getByRole('button', { name: '模拟一次骑行' }).click()
    await bike()
      .getByRole('link', { name: /最近上报/ })
      .click()
    await person.page.waitForURL(/\/ledger\//)
    await person.sees('骑行')
    await person.sees(/服务方上报/)
  })

  it('is unlinked at once: nothing more arrives, and what is there reads without a network', async () => {
    await person.goto('/me/services')
    await button('解除关联：公共自行车（示例）').click()
    await person.page.getByRole('dialog').getByRole('button', { name: '解除关联' }).click()
    await bike().getByText('未关联').waitFor()
    await person.untilSynced()
    await server.stop()
    await person.reopen('/me/services')
    await bike().getByText('未关联').waitFor()
    await bike()
      .getByRole('link', { name: /最近上报/ })
      .waitFor()
    expect(person.errors).toEqual([])
  })
})
