/** What goes wrong on the way in: files that are not what they seem, a full phone, a clock that cannot be right. Told in words, nothing lost, nothing half done. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'
import { ledgerId, outbox } from './stored.ts'

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

const distance = () => page.getByRole('textbox', { name: '里程' })

async function fillsRide(km: string): Promise<void> {
  await person.goto('/log?code=bike')
  await distance().fill(km)
}

async function gives(name: string, content: string | Buffer): Promise<void> {
  await page
    .locator('main input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
}

describe('a track file that cannot count', () => {
  it.each([
    { what: 'a web page called .gpx', file: 'web-page.gpx', words: '这不是轨迹文件' },
    { what: 'a planned route without times', file: 'route-without-times.gpx', words: '但没有时间' },
    { what: 'a FIT file that broke off', file: 'bike-weifang-truncated.fit', words: '文件不完整' },
  ])('$what is told in words; the form keeps what was typed', async ({ file, words }) => {
    await fillsRide('3.2')
    await gives(file, readFileSync(`test/golden/tracks/${file}`))
    await person.sees(words)
    expect(await distance().inputValue()).toBe('3.2')
    expect(await outbox(page)).toEqual([])
  })
})

describe('a full phone', () => {
  afterEach(() => leaveRoom(page))

  it('keeps the form when a record cannot be written, says why, and takes it once there is room', async () => {
    await fillsRide('3.2')
    await leaveNoRoom(page)
    await page.getByRole('button', { name: '记下' }).click()
    await person.sees('手机存储满了，这一笔没记下')
    expect(await distance().inputValue()).toBe('3.2')
    expect(await outbox(page)).toEqual([])

    await leaveRoom(page)
    await page.getByRole('button', { name: '记下' }).click()
    await person.sees('已记下')
    expect((await outbox(page)).length).toBe(1)
  })

  it('brings back all of a backup or nothing of it', async () => {
    await person.logsTrip('步行', '2')
    const backup = await downloadsBackup()
    expect((JSON.parse(backup) as { outbox: unknown[] }).outbox.length).toBe(2)
    await losesOutbox(page)
    await person.goto('/me/backup')

    await leaveNoRoom(page, { rows: 1 })
    await gives('greentrace.json', backup)
    await person.sees('没能恢复')
    expect(await outbox(page)).toEqual([])

    await leaveRoom(page)
    await gives('greentrace.json', backup)
    await person.sees('补回了 2 条记录')
    expect((await outbox(page)).length).toBe(2)
  })
})

describe('a backup that is none', () => {
  it('is told apart from one that broke off; nothing of either is written', async () => {
    await person.goto('/me/backup')
    const backup = await downloadsBackup()
    const before = await outbox(page)
    await gives('photo.json', '<html>')
    await person.sees('这不是绿迹的备份文件')
    expect(before.length).toBe(2)
    await gives('half.json', backup.slice(0, backup.length / 2))
    await person.sees('这个备份不完整或被改过')
    await gives('changed.json', backup.replace(before[0]?.id ?? '', crypto.randomUUID()))
    await person.sees('这个备份不完整或被改过')
    expect(await outbox(page)).toEqual(before)
  })
})

describe.each([
  { year: 1970, phone: '13700000001' },
  { year: 2090, phone: '13700000002' },
])('a phone that believes it is $year', ({ year, phone }) => {
  it('keeps the act, which counts on the day that it was made, and the entry says what the clock showed', async () => {
    await person.end()
    person = await Person.with(server.url)
    page = person.page
    await believesItIs(page, year)
    await person.choosesCity('潍坊')
    await person.logsTrip('骑行', '3.2')
    expect((await outbox(page)).length).toBe(1)
    await person.signsIn(phone)
    await person.untilSynced()
    const rows = await person.ledgerRows()
    expect(rows.length).toBe(1)
    expect(rows[0]).toMatch(/骑行 3\.2 km (今天|昨天).*\+64/)
    await page.locator('main a[href^="/ledger/"]').click()
    await person.sees(`手机时钟有偏差，当时显示 ${year}年`)
    expect(person.errors).toEqual([])
  })
})

async function downloadsBackup(): Promise<string> {
  await person.goto('/me/backup')
  await page.getByRole('button', { name: '备份到文件' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '保存文件' }).click()
  return readFileSync(await (await download).path(), 'utf8')
}

/** After so many more rows. A browser's own quota only fails at some later write, so that a test cannot wait for it. */
function leaveNoRoom(page: Page, { rows = 0 } = {}): Promise<void> {
  return page.evaluate((rows) => {
    const kept = window as unknown as { kept?: Pick<IDBObjectStore, 'add' | 'put'> }
    const { add, put } = IDBObjectStore.prototype
    kept.kept ??= { add, put }
    let left = rows
    const full = (write: typeof add) =>
      function (this: IDBObjectStore, ...args: Parameters<typeof add>) {
        if (left-- <= 0) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
        return write.apply(this, args)
      }
    Object.assign(IDBObjectStore.prototype, { add: full(add), put: full(put) })
  }, rows)
}

function leaveRoom(page: Page): Promise<void> {
  return page.evaluate(() => {
    Object.assign(IDBObjectStore.prototype, (window as { kept?: object }).kept ?? {})
  })
}

async function losesOutbox(page: Page): Promise<void> {
  const name = `greentrace-ledger-${await ledgerId(page)}`
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => {
          const step = opening.result.transaction('outbox', 'readwrite')
          step.objectStore('outbox').clear()
          step.oncomplete = () => resolve(opening.result.close())
          step.onerror = () => reject(step.error)
        }
      }),
    name,
  )
}

/** Shifts the page's clock; it goes on from there. */
function believesItIs(page: Page, year: number): Promise<unknown> {
  return page.addInitScript(
    (offset) => {
      const Real = Date
      globalThis.Date = new Proxy(Real, {
        construct: (target, args: [], newTarget) =>
          args.length === 0
            ? new target(target.now() + offset)
            : (Reflect.construct(target, args, newTarget) as Date),
        get: (target, key, receiver) =>
          key === 'now' ? () => target.now() + offset : (Reflect.get(target, key, receiver) as unknown),
      })
    },
    Date.UTC(year, 5, 1) - Date.now(),
  )
}
