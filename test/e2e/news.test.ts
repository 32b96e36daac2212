/** A decision of an operator reaches the person: a quiet dot, the inbox, the entry; and what one phone has read the other does not tell again. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshPhone } from '../support/client.ts'
import { sampleHeaders } from '../support/operator.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'
import { ledgerId, rowsOf } from './stored.ts'

const number = freshPhone()

let server: Server
let person: Person
let other: Person

beforeAll(async () => {
  server = await startServer({ CODE_INTERVAL: '1' })
  person = await Person.with(server.url, { permissions: ['notifications'], isWhole: true })
  other = await Person.with(server.url)
  for (const phone of [person, other]) {
    await phone.choosesCity('淄博') // no sample of a warning holds there
    await phone.signsIn(number)
    await phone.untilSynced()
  }
})
afterAll(async () => {
  await person?.end()
  await other?.end()
  await server?.end()
})

const bell = (phone: Person) => phone.page.getByRole('link', { name: /^消息/ })
async function untilDot(phone: Person, isThere: boolean): Promise<void> {
  await bell(phone)
    .locator('.dot')
    .waitFor({ state: isThere ? 'attached' : 'detached' })
}

async function answerAll(): Promise<void> {
  const { voices } = (await (
    await fetch(`${server.url}/api/v1/ops/voices`, { headers: await sampleHeaders(server.url) })
  ).json()) as {
    voices: { accountId: string; voiceId: string }[]
  }
  expect(voices).toHaveLength(1)
  for (const { accountId, voiceId } of voices) {
    const body = JSON.stringify({ state: 'in_progress', note: '已转给城管局' })
    const path = `${server.url}/api/v1/ops/voices/${accountId}/${voiceId}`
    expect(
      (await fetch(path, { method: 'POST', headers: await sampleHeaders(server.url), body })).status,
    ).toBe(200)
  }
}

it('an answer puts a dot on home, stands in the inbox, and leads to its entry', async () => {
  const { page } = person
  await person.goto('/city/zibo/voice/feedback')
  await page.getByRole('textbox', { name: '想说的话' }).fill('学校门口也想要一个站')
  await page.getByRole('button', { name: '送出' }).click()
  await person.sees('学校门口也想要一个站')
  await person.untilSynced()
  await answerAll()
  for (const phone of [person, other]) {
    await phone.untilSynced()
    await phone.goto('/')
    await untilDot(phone, true)
  }
  await bell(person).click()
  await person.sees('你的话有答复了')
  await page.waitForTimeout(2000) // looked at for a moment, which is what reading is
  await page.getByRole('link', { name: /新.*你的话有答复了/ }).click()
  await page.waitForURL(/\/ledger\//)
  await person.sees('已转给城管局')
})

/** Phone and backend are at one on how far the news were read, and some were. */
async function isAtOne({ page }: Person): Promise<boolean> {
  const meta = await rowsOf<{ key: string; value: unknown }>(
    page,
    `greentrace-ledger-${await ledgerId(page)}`,
    'meta',
  )
  const metaOf = (key: string) => meta.find((row) => row.key === key)?.value
  return metaOf('readUpTo') !== undefined && metaOf('readUpTo') === metaOf('readUpToTold')
}

it('then the dot is gone, on the second phone too', async () => {
  for (const phone of [person, other]) {
    await phone.goto('/')
    await expect.poll(() => isAtOne(phone), { timeout: 20_000 }).toBe(true)
    await untilDot(phone, false)
    await bell(phone).click()
    await phone.sees('你的话有答复了')
    expect(await phone.page.getByRole('link', { name: /新.*你的话有答复了/ }).count()).toBe(0)
  }
})

it('a page that is out of sight tells of the next one by a notification that names its kind alone', async () => {
  const { page } = person
  await person.goto('/news')
  await page.getByRole('switch', { name: '有新消息时提醒' }).check({ force: true })
  const facts = () => rowsOf<{ key: string; value: unknown }>(page, 'greentrace-device', 'facts')
  const isOn = { key: 'notices', value: { isOn: true, language: 'zh-CN' } }
  await expect.poll(facts).toContainEqual(isOn)
  await person.untilSynced()
  await person.goto('/')
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { get: () => true }))
  await page.waitForTimeout(1500) // what notifies is loaded when nothing else is
  await answerAll()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  const told = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map(({ title, body, data }) => ({ title, body, data }))
    })
  await expect.poll(told, { timeout: 20_000 }).toHaveLength(1)
  const path = expect.stringMatching(/^\/ledger\//)
  expect(await told()).toEqual([{ title: '绿迹', body: '有一条新消息：有答复了', data: { path } }])
  expect([...person.errors, ...other.errors]).toEqual([])
})
