/** A citizen's word to the city: written without a network, sent when there is one, answered by an operator into the citizen's own ledger. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshPhone } from '../support/client.ts'
import { sampleHeaders } from '../support/operator.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

let server: Server
let person: Person
let page: Page

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  page = person.page
  await person.choosesCity('潍坊')
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

const words = () => page.getByRole('textbox', { name: '想说的话' })

interface OpenVoice {
  readonly accountId: string
  readonly voiceId: string
  readonly kind: string
  readonly photoDigest: string | null
  readonly hasPhoto: boolean
  readonly command: string
}

async function openVoices(): Promise<OpenVoice[]> {
  const response = await fetch(`${server.url}/api/v1/ops/voices`, {
    headers: await sampleHeaders(server.url),
  })
  return ((await response.json()) as { voices: OpenVoice[] }).voices
}

/** A picture of several megapixels, as a phone's camera makes them. */
async function largePicture(): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3000, 2000)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    for (let i = 0; i < 4000; i++) {
      context.fillStyle = `hsl(${(i * 47) % 360} 80% 50%)`
      context.fillRect((i * 131) % 3000, (i * 89) % 2000, 60, 40)
    }
    const blob = await canvas.convertToBlob({ type: 'image/png' })
    const bytes = new Uint8Array(await blob.arrayBuffer())
    let binary = ''
    for (let at = 0; at < bytes.length; at += 0x8000)
      binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
    return btoa(binary)
  })
  return Buffer.from(base64, 'base64')
}

describe('a word to the city', () => {
  it('is begun on a measure’s page; what is half written outlives the end of the app, without a network', async () => {
    await person.goto('/city/weifang/measure/wf-m-bike-more')
    await page.getByRole('link', { name: '说说看法' }).click()
    await words().fill('学校门口也想要一个站')
    await page.waitForTimeout(700) // the draft is kept a moment after the last key
    await server.stop()
    await person.reopen('/city/weifang/voice/feedback?measure=wf-m-bike-more')
    page = person.page
    await person.sees('继续加密骑行站点')
    await expect.poll(() => words().inputValue()).toBe('学校门口也想要一个站')
  })

  it('is about one thing: another measure’s form is empty, and the list leads back to what was begun', async () => {
    await person.goto('/city/weifang/voice/feedback?measure=wf-m-bike-2021')
    await person.sees('说的是')
    expect(await words().inputValue()).toBe('')
    await person.goto('/city/weifang/voice')
    await person.sees('没写完的')
    await page.getByRole('link', { name: /学校门口也想要一个站/ }).click()
    await expect.poll(() => words().inputValue()).toBe('学校门口也想要一个站')
  })

  it('says what is missing and keeps the rest', async () => {
    await words().fill('   ')
    await page.getByRole('button', { name: '送出' }).click()
    await person.sees('先写几个字再送出')
    await words().fill('学校门口也想要一个站')
  })

  it('waits on the phone, a nomination with its photo too', async () => {
    await page.getByRole('button', { name: '送出' }).click()
    await person.sees('学校门口也想要一个站')
    await person.sees('登录后送出')
    await page.getByRole('link', { name: /推荐好案例/ }).click()
    await page.getByRole('textbox', { name: '案例叫什么' }).fill('旧衣回收角')
    await page.getByRole('textbox', { name: '它怎么做的' }).fill('楼下的柜子每周都满。')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'corner.png', mimeType: 'image/png', buffer: await largePicture() })
    await page.getByRole('img', { name: '附上的照片' }).waitFor()
    await page.getByRole('button', { name: '送出' }).click()
    await person.sees('旧衣回收角')
  })

  it('arrives once signed in, the photo made small beside it, and says so', async () => {
    await server.start()
    await person.signsIn(freshPhone())
    await person.untilSynced()
    await expect.poll(async () => (await openVoices()).filter(({ hasPhoto }) => hasPhoto).length).toBe(1)
    const voices = await openVoices()
    expect(voices.map(({ kind }) => kind).sort()).toEqual(['case.nominate', 'feedback.send'])
    const nomination = voices.find(({ kind }) => kind === 'case.nominate') as OpenVoice
    const photo = await fetch(
      `${server.url}/api/v1/ops/voices/${nomination.accountId}/photos/${nomination.photoDigest}`,
      { headers: await sampleHeaders(server.url) },
    )
    expect(photo.headers.get('content-type')).toBe('image/jpeg')
    expect((await photo.arrayBuffer()).byteLength).toBeLessThanOrEqual(240_000)
    await person.goto('/city/weifang/voice')
    await person.sees('已收到，等答复')
  })

  it('comes back answered, in the list and in the ledger', async () => {
    const feedback = (await openVoices()).find(({ kind }) => kind === 'feedback.send') as OpenVoice
    expect(JSON.parse(feedback.command)).toMatchObject({ body: { measureId: 'wf-m-bike-more' } })
    const response = await fetch(
      `${server.url}/api/v1/ops/voices/${feedback.accountId}/${feedback.voiceId}`,
      {
        method: 'POST',
        headers: await sampleHeaders(server.url),
        body: JSON.stringify({ state: 'adopted', note: '已列入明年的站点计划' }),
      },
    )
    expect(response.status).toBe(200)
    await person.untilSynced()
    await person.goto('/city/weifang/voice')
    await person.sees('已采纳')
    await person.sees('已列入明年的站点计划')
    await page.getByRole('link', { name: /学校门口也想要一个站/ }).click()
    await person.sees('看这项行动')
    await person.sees('已列入明年的站点计划')
    expect(person.errors).toEqual([])
  })
})
