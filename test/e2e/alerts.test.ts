/** Warnings on a phone: what holds now is on home, what to do is a tap away, and what ran out in a tunnel is not shown as valid. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleHeaders } from '../support/operator.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'
import { settled } from './screens.ts'

const DAY_MS = 24 * 3600_000
let server: Server
let person: Person

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

interface Sent {
  readonly alert: readonly { identifier: string; sender: string; sent: string; msgType: string }[]
}

/** The line's code comes in one file with others that home asks for when nobody waits. */
function fileOfTheLine(): string {
  const folder = 'dist/assets'
  const isIt = (file: string) =>
    file.endsWith('.js') && /class:[`'"]strip[`'"]/.test(readFileSync(`${folder}/${file}`, 'utf8'))
  const [file, ...others] = readdirSync(folder).filter(isIt)
  if (!file || others.length > 0) throw new Error('another file has a class of this name')
  return file
}

const cards = () => person.page.locator('main article')

describe('warnings', () => {
  it('stand on home as an exercise, in one line that leads to them', async () => {
    await person.choosesCity('潍坊')
    const line = person.page.getByRole('link', { name: /演练 · .+预警/ })
    await line.click()
    await person.sees('这里的预警是演练示例')
    expect(await cards().count()).toBe(1)
    expect(await cards().first().innerText()).toMatch(/(较重|一般)[\s\S]*演练[\s\S]*有效时间[\s\S]*要做什么/)
  })

  it('tell the replaced ones apart, and lead to what to do and whom to call', async () => {
    await person.page.getByText(/过去的预警/).click()
    await person.sees(/已到期|已有更新/)
    await cards()
      .first()
      .getByRole('button', { name: /应对办法/ })
      .click()
    await person.sees('什么时候打电话')
    await person.page.locator('a[href="tel:12379"]').waitFor()
  })

  it('a city without any says so', async () => {
    await person.goto('/city/zibo/alerts')
    await person.sees('现在没有预警')
    await person.sees(/最后确认：今天/)
  })

  it('one that is called off by the operator is not shown any more', async () => {
    const { alert } = (await (await fetch(`${server.url}/api/v1/cities/jinan/alerts`)).json()) as Sent
    await person.goto('/city/jinan/alerts')
    await cards().first().waitFor()
    const first = alert[0] as Sent['alert'][number]
    const response = await fetch(`${server.url}/api/v1/ops/alerts`, {
      method: 'POST',
      headers: await sampleHeaders(server.url),
      body: JSON.stringify({
        status: 'Exercise',
        msgType: 'Cancel',
        references: `${first.sender},${first.identifier},${first.sent}`,
      }),
    })
    expect(response.status).toBe(200)
    await person.page.getByRole('button', { name: '再查一次' }).click()
    await person.sees('现在没有预警')
    await person.page.getByText(/过去的预警/).click()
    await person.sees('已解除')
  })

  it('are read without a network, with the time when they were confirmed', async () => {
    await server.stop()
    await person.reopen('/city/weifang/alerts')
    await cards().first().waitFor()
    await person.sees(/最后确认：今天/)
    await person.sees('没有连上，先看存下的')
  })

  it('and what ran out meanwhile is past, though nobody could say so', async () => {
    await person.page.clock.setFixedTime(Date.now() + DAY_MS)
    await person.goto('/city/weifang/alerts')
    await person.sees('现在没有预警')
    await person.sees('这是上次联网时的情况，之后可能有新的。')
    expect(await cards().count()).toBe(0)
    await person.page.getByText(/过去的预警/).click()
    await person.sees('已到期')
    // The line is the last thing that home asks for: only once its code is there does its absence say anything.
    const code = person.page.waitForRequest((request) => request.url().endsWith(`/${fileOfTheLine()}`))
    await person.goto('/')
    await code
    await settled(person.page)
    expect(await person.page.getByRole('link', { name: /预警/ }).count()).toBe(0)
  })

  it('a city never looked at is not called quiet; what to do can be read all the same', async () => {
    await person.goto('/city/binzhou/alerts')
    await person.sees('还不知道有没有预警')
    await person.page.getByText('寒潮和结冰').click()
    await person.sees('分层穿衣')
  })

  it('and no step wrote an error into the console', () => {
    expect(person.errors).toEqual([])
  })
})
