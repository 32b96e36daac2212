/** Events on a phone: found by month, put into the calendar, checked in to in a tunnel and confirmed when the network is back. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleHeaders } from '../support/operator.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

const NUMBER = '13812345678'
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

async function downloaded(press: () => Promise<void>): Promise<{ name: string; lines: string[] }> {
  const download = person.page.waitForEvent('download')
  await press()
  const file = await download
  const text = readFileSync(await file.path(), 'utf8')
  return { name: file.suggestedFilename(), lines: text.replaceAll('\r\n ', '').split('\r\n') }
}

const addToCalendar = () => person.page.getByRole('button', { name: '加到日历' }).click()
const openWeek = () => person.page.locator('main a[href*="/events/sample-open-week"]').first()
const enter = async (code: string) => {
  await person.page.getByRole('textbox', { name: '签到码' }).fill(code)
  await person.page.getByRole('button', { name: '签到', exact: true }).click()
}

describe('events', () => {
  it('are a tile of the city: one open today, fixed days by month, the plan beside them', async () => {
    await person.choosesCity('青岛')
    await person.goto('/city/qingdao')
    await person.page.getByRole('link', { name: '活动', exact: true }).click()
    await person.page.getByRole('heading', { name: '青岛活动' }).waitFor()
    await openWeek().waitFor()
    await person.page.getByRole('link', { name: /植树节/ }).click()
    await person.sees('计划里叫“全民义务植树”。')
    await person.sees('青岛市“十四五”应对气候变化规划')
  })

  it('a fixed day goes into the calendar as a whole day of every year', async () => {
    const { name, lines } = await downloaded(addToCalendar)
    expect(name).toBe('tree-day-qingdao.ics')
    expect(lines).toContain('RRULE:FREQ=YEARLY')
    const start = lines.find((line) => line.startsWith('DTSTART;VALUE=DATE:'))
    expect(start).toMatch(/:\d{4}0312$/)
    expect(lines).toContain(start?.replace('DTSTART', 'DTEND').replace('0312', '0313'))
    expect(lines).toContain('SUMMARY:植树节')
    expect(lines).toContain(`URL:${server.url}/city/qingdao/events/tree-day`)
  })

  it('a day that moves says that its date is announced, until the backend gives one', async () => {
    await person.goto('/city/qingdao/events/low-carbon-day')
    await person.sees('每年公布')
    await person.page.locator('main a[href*="/events/low-carbon-day-qingdao"]').click()
    await person.sees('这是示例日期，真的日期以公布的为准。')
    const { lines } = await downloaded(addToCalendar)
    expect(lines).not.toContain('RRULE:FREQ=YEARLY')
    expect(lines).toContain('SUMMARY:示例日期：全国低碳日')
  })

  it('a check-in without a network is kept at once, and nothing of what was typed is lost', async () => {
    await person.signsIn(NUMBER)
    await person.goto('/city/qingdao/events')
    await openWeek().click()
    const code = (await person.page.locator('main .code').textContent()) ?? ''
    expect(code).toMatch(/^[0-9A-F]{6}$/)
    await server.stop()
    await person.reopen(new URL(person.page.url()).pathname)
    await person.page.getByRole('button', { name: '签到', exact: true }).click()
    await person.sees('先输入牌子上的签到码')
    await enter(`${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`)
    await person.sees('已签到，联网后核对')
    await person.reopen(new URL(person.page.url()).pathname)
    await person.sees('已签到，联网后核对')
  })

  it('and is confirmed with its points once the network is back', async () => {
    await server.start()
    await person.untilSynced()
    await person.goto('/city/qingdao/events')
    await openWeek().click()
    await person.sees('签到成功')
    await person.sees(/核对通过，得 30 分/)
    const rows = await person.ledgerRows()
    expect(rows.some((row) => /签到.*绿色生活开放周.*30/.test(row))).toBe(true)
  })

  it('a wrong code is refused in words, and can be tried again', async () => {
    await person.goto('/city/weifang/events')
    await openWeek().click()
    await enter('WRONG1')
    await person.sees('签到没有通过')
    await person.sees('签到码不对，请看现场的牌子再输一次')
    await person.page.getByRole('button', { name: '填入签到码' }).click()
    await person.page.getByRole('button', { name: '签到', exact: true }).click()
    await person.sees('签到成功')
  })

  it('before the day there is nothing to check in to yet', async () => {
    await person.goto('/city/weifang/events')
    await person.page.locator('main a[href*="/events/sample-open-week"]').nth(1).click()
    await person.sees(/才能签到/)
    expect(await person.page.getByRole('textbox', { name: '签到码' }).count()).toBe(0)
  })

  it('that was called off says so in its list, on its page and in the calendar, and takes no check-in', async () => {
    await person.goto('/city/jinan/events')
    await openWeek().click()
    await person.page.getByRole('textbox', { name: '签到码' }).waitFor()
    const path = new URL(person.page.url()).pathname
    const withdrawn = await fetch(`${server.url}/api/v1/ops/events/${path.split('/').at(-1)}/withdraw`, {
      method: 'POST',
      headers: await sampleHeaders(server.url),
      body: JSON.stringify({
        noteZh: '场地停电，改期另告',
        noteEn: 'No power there; a new date will follow',
      }),
    })
    expect(withdrawn.status).toBe(200)
    await person.reopen(path)
    await person.sees('这场活动已取消')
    await person.sees('场地停电，改期另告')
    expect(await person.page.getByRole('textbox', { name: '签到码' }).count()).toBe(0)
    const { lines } = await downloaded(() =>
      person.page.getByRole('button', { name: '在日历里标为取消' }).click(),
    )
    expect(lines).toContain('STATUS:CANCELLED')
    await person.goto('/city/jinan/events')
    await person.page.locator('main a', { hasText: '绿色生活开放周' }).filter({ hasText: '已取消' }).waitFor()
  })

  it('and no step wrote an error into the console', () => {
    expect(person.errors).toEqual([])
  })
})
