/** A day of planting from the list to the certificate: linked, signed up for without a network, reported, and another that is given up in time. */
import { readFile } from 'node:fs/promises'
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
  await person.signsIn(freshPhone(), '/planting')
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

const button = (name: string) => person.page.getByRole('button', { name, exact: true })
/** Asked for on a page of its own, from which one comes back. */
async function untilSynced(): Promise<void> {
  const { pathname } = new URL(person.page.url())
  await person.untilSynced()
  await person.goto(pathname)
}
const link = (name: string | RegExp) => person.page.getByRole('link', { name }).first()

describe('a day of planting', () => {
  it('says first that its organiser has to be linked, and what it would report', async () => {
    await link(/山坡植侧柏/).click()
    await person.sees(/还没有关联“义务植树（示例）”/)
    await person.sees('还有 20 个，共 20 个')
    // In the place of what would sign up stands the way there.
    await link('去看看并关联').waitFor()
    expect(await button('报名').count()).toBe(0)
    await link('去看看并关联').click()
    await button('关联：义务植树（示例）').click()
    await button('同意并关联').click()
    await button('让示例服务方确认').click()
    const card = person.page.getByRole('article', { name: '义务植树（示例）' })
    await card.getByText('已关联').waitFor()
    await card.getByRole('link', { name: '看植树活动' }).click()
  })

  it('is signed up for without a network, and confirmed once there is one', async () => {
    await link(/山坡植侧柏/).click()
    await person.sees('还有 20 个，共 20 个')
    await server.stop()
    await button('报名').click()
    await person.sees('报名已记下，等连上网确认名额。')
    await person.page.reload()
    await person.sees('报名已记下，等连上网确认名额。')
    await server.start()
    await untilSynced()
    await person.sees('你报了名。')
    await person.sees('还有 19 个，共 20 个')
  })

  it('goes into the calendar with its hours', async () => {
    const download = person.page.waitForEvent('download')
    await button('加进日历').click()
    const text = await readFile(await (await download).path(), 'utf8')
    expect(text).toMatch(/DTSTART:\d{8}T010000Z\r\nDTEND:\d{8}T033000Z/)
    expect(text).toContain('LOCATION:示例地点：东门集合')
  })

  it('is reported by its organiser, and the report is there to be saved', async () => {
    await link('看我的报名').click()
    await button('让示例组织方记我到场').click()
    await person.sees(/组织方记到你到场了/)
    await link('看上报和凭证').click()
    await person.sees(/服务方上报/)
    await button('保存凭证').waitFor()
    await person.goto('/planting')
    await person.sees('到场已确认')
  })

  it('is given up in time, and its place is there for others', async () => {
    await link(/河岸补植柳树/).click()
    await button('报名').click()
    // Written before the page is left.
    await person.sees(/报名已记下|你报了名/)
    await untilSynced()
    await person.sees('还有 11 个，共 12 个')
    await link('看我的报名').click()
    await button('取消报名').click()
    await person.page.getByRole('dialog').getByRole('button', { name: '取消报名' }).click()
    await person.sees('已取消')
    await person.untilSynced()
    await person.goto('/planting')
    await link(/河岸补植柳树/).click()
    await person.sees('还有 12 个，共 12 个')
    expect(person.errors).toEqual([])
  })
})
