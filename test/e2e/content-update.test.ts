/** What a city says is corrected without a new app: phones take it up in the background, and have it without a network from then on. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadCity } from '../../src/content/registry.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

const PAGE = '/city/weifang/measure/wf-m-bike-2021'
const OLD = '公共自行车大扩容'
const NEW = '公共自行车大扩容（更正）'
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

/** As the operator does it: a file in the folder, and a new start. */
async function publish(text: string): Promise<void> {
  await server.stop()
  mkdirSync(join(server.dataDir, 'content'), { recursive: true })
  writeFileSync(join(server.dataDir, 'content', 'weifang.json'), text)
  await server.start()
}

async function corrected(): Promise<string> {
  const pack = await loadCity('weifang')
  const measures = pack.measures.map((one) => (one.id === 'wf-m-bike-2021' ? { ...one, titleZh: NEW } : one))
  return JSON.stringify({ ...pack, revision: 2, measures })
}

const heading = () => person.page.locator('main h1').innerText()
const hint = () => person.page.getByText('内容已更新')

it('a newer pack comes in while somebody reads: the page stays as it is, and says so in one line', async () => {
  await person.choosesCity('潍坊')
  await publish(await corrected())
  await person.goto(PAGE)
  await hint().waitFor()
  expect(await heading()).toBe(OLD)
})

it('a tap shows it', async () => {
  await person.page.getByRole('button', { name: '看新内容' }).click()
  await expect.poll(heading).toBe(NEW)
  expect(await hint().count()).toBe(0)
})

it('the search finds it', async () => {
  await person.tab('城市')
  await person.page.getByRole('searchbox').fill('公共自行车')
  await person.page.locator('main .results').getByText(NEW).waitFor()
})

it('it is there without a network, on the next start', async () => {
  await server.stop()
  await person.reopen(PAGE)
  await expect.poll(heading).toBe(NEW)
})

it('and a kept pack that has been damaged is not shown: the app’s own takes its place', async () => {
  await person.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('greentrace-device')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const table = opening.result.transaction('kept', 'readwrite').objectStore('kept')
          const reading = table.get('content:weifang')
          reading.onsuccess = () => {
            const row = reading.result as { value: { measures: { titleZh: unknown }[] } }
            for (const measure of row.value.measures) measure.titleZh = 7
            const writing = table.put(row)
            writing.onsuccess = () => resolve()
          }
        }
      }),
  )
  await person.reopen(PAGE)
  await expect.poll(heading).toBe(OLD)
})

it('and nothing was written into the console', () => {
  expect(person.errors).toEqual([])
})
