import type { EntryRow } from '../../../src/db/tables.ts'
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { checkHead, checkReceipt } from '../../../src/actions/check-receipt.ts'
import { type CsvColumn, exportCsv } from '../../../src/actions/export-csv.ts'
import { noteBackendReads } from '../../../src/db/backend-reads.ts'
import { deleteLedgerDb } from '../../../src/db/database.ts'
import { readMeta, writeMeta } from '../../../src/db/meta.ts'
import { startOfDay } from '../../../src/domain/base/time.ts'
import { openCommand } from '../../../src/domain/ledger/open-record.ts'
import { language } from '../../../src/text/language.ts'
import { csvColumns, isoInShandong } from '../../../src/views/ledger/csv-columns.ts'
import EntryView from '../../../src/views/ledger/EntryView.vue'
import { accountId, type OpenedJournal, openJournal, until } from './journal.ts'

const PHOTO = { digest: 'd'.repeat(64), type: 'image/jpeg', bytes: 3, base64: '/9j/' } as const

let opened: OpenedJournal

beforeEach(async () => {
  language.value = 'zh-CN'
  opened = await openJournal(120)
})

afterEach(async () => {
  opened.db.close()
  await deleteLedgerDb(accountId)
  await opened.device.delete()
})

async function posted(seq: number) {
  const row = await opened.db.journal.get(seq)
  const before = await opened.db.journal.get(seq - 1)
  if (!row) throw new Error(`no record ${seq}`)
  return { row, previousHash: before?.hash }
}

async function open(id: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/ledger/:id', component: EntryView },
      { path: '/:rest(.*)*', component: { template: '<p />' } },
    ],
  })
  await router.push(`/ledger/${encodeURIComponent(id)}`)
  return mount(EntryView, { global: { plugins: [router] }, attachTo: document.body })
}

const find = (wanted: (entry: EntryRow) => boolean) => opened.db.entries.filter(wanted).first()

test('an adjusted act shows its figures, the formula, the reason, the receipt, and can be appealed', async () => {
  const entry = await find(
    ({ kind, outcome, later }) => kind === 'activity.record' && outcome === 'adjusted' && !later,
  )
  if (!entry) throw new Error('the journal has no adjusted act')
  let page = await open(entry.id)
  await until(() => page.text().includes('核对无误'))
  expect(page.get('h1').text()).not.toBe('')
  expect(page.text()).toContain('已调整')
  expect(page.text()).toContain('为什么是这个数')
  expect(page.text()).not.toContain('按现行规则')
  expect(page.text()).toContain('你当时发出的原文一字未改')
  const appeal = await until(() => page.findAll('button').find((button) => button.text() === '申请复核'))
  await appeal.trigger('click')
  await until(() => page.find('textarea').exists())
  await page.get('form').trigger('submit')
  await until(() => document.activeElement === page.get('textarea').element)
  expect(page.get('textarea').attributes('aria-invalid')).toBe('true')
  await page.get('textarea').setValue('公交卡记录可以证明')
  page.unmount()
  await until(async () => (await readMeta(opened.db, 'appealDrafts'))?.[0]?.note === '公交卡记录可以证明')
  // A photo that was chosen is kept beside the words.
  await writeMeta(opened.db, 'appealDrafts', [
    { activityId: entry.id, note: '公交卡记录可以证明', newPhoto: PHOTO },
  ])
  page = await open(entry.id)
  const again = await until(() => page.findAll('button').find((button) => button.text() === '申请复核'))
  await again.trigger('click')
  await until(() => page.find('textarea').exists())
  await until(() => page.get('textarea').element.value === '公交卡记录可以证明')
  expect(page.get('img').attributes('src')).toContain(PHOTO.base64)
  await page.get('form').trigger('submit')
  await until(() => page.text().includes('已申请复核，等服务器收下'))
  const [sent, ...others] = await opened.db.outbox.toArray()
  expect(others).toEqual([])
  expect(openCommand(sent?.text ?? '').body).toMatchObject({ photo: { digest: PHOTO.digest } })
  expect(await opened.db.photos.get(sent?.id ?? '')).toMatchObject({ state: 'waiting', base64: PHOTO.base64 })
  expect(await readMeta(opened.db, 'appealDrafts')).toEqual([])
  page.unmount()
})

test('to a backend that does not read it, an appeal offers no photo', async () => {
  await noteBackendReads(opened.db, [])
  const entry = await find(
    ({ kind, outcome, later }) => kind === 'activity.record' && outcome === 'adjusted' && !later,
  )
  const page = await open(entry?.id ?? '')
  const appeal = await until(() => page.findAll('button').find((button) => button.text() === '申请复核'))
  await appeal.trigger('click')
  await until(() => page.find('textarea').exists())
  await flushPromises()
  expect(page.find('input[type=file]').exists()).toBe(false)
  page.unmount()
})

test('an act that is part of another leads there, and can be neither taken back nor appealed here', async () => {
  const acts = await opened.db.entries
    .filter(({ kind, outcome, later }) => kind === 'activity.record' && outcome === 'adjusted' && !later)
    .limit(2)
    .toArray()
  const [part, whole] = acts
  if (!part || !whole) throw new Error('the journal has too few acts')
  await opened.db.entries.update(part.seq, { later: 'superseded', mergedInto: whole.id })
  const page = await open(part.id)
  const link = await until(() => page.findAll('a').find((each) => each.text() === '看那一条'))
  expect(link.attributes('href')).toBe(`/ledger/${whole.id}`)
  expect(page.text()).toContain('已并入')
  const buttons = page.findAll('button').map((button) => button.text())
  expect(buttons).not.toContain('申请复核')
  expect(buttons).not.toContain('撤回')
  page.unmount()
})

test('an act that a person has looked at shows what they wrote', async () => {
  const [act, decision] = await opened.db.entries.filter(({ kind }) => kind === 'activity.record').toArray()
  if (!act || !decision) throw new Error('the journal has no two acts')
  await opened.db.entries.update(decision.seq, {
    kind: 'review.decide',
    about: act.id,
    note: '看过轨迹，算数',
  })
  const page = await open(act.id)
  await until(() => page.text().includes('核对无误'))
  expect(page.get('blockquote').text()).toBe('复核人的话看过轨迹，算数')
  page.unmount()
})

test('under a later pack an act keeps the words of its own, and says what the rule in force would give', async () => {
  const entry = await find(
    ({ outcome, code, trust }) => outcome === 'accepted' && code === 'bus' && trust === 'gps',
  )
  if (!entry) throw new Error('the journal has no accepted bus ride')
  opened.clock.now = startOfDay('2026-12-02')
  const page = await open(entry.id)
  await until(() => page.text().includes('按现行规则'))
  expect(page.text()).toContain('第 1 版')
  expect(page.text()).toContain('DB11/T 3043-2024')
  // A track alone no longer shows the vehicle; what was entered stays.
  expect(page.text()).toMatch(/现在会计\s136\sg/)
  page.unmount()
})

test('an unknown id is said to be missing, not left to load for ever', async () => {
  const page = await open('99999999-9999-4999-8999-999999999999')
  await until(() => page.text().includes('账本里没有这一条'))
  page.unmount()
})

test('a step of the backend has a plain page that leads to what it is about', async () => {
  const step = await find(({ kind }) => kind === 'voucher.settle' || kind === 'voucher.expire')
  if (!step) throw new Error('the journal has no step')
  const page = await open(step.id)
  await until(() => page.text().includes('看这张券'))
  expect(page.get(`a[href="/vouchers/${step.about}"]`)).toBeTruthy()
  page.unmount()
})

test('a receipt holds, and does not when any of its parts was changed', async () => {
  const held = { db: opened.db, device: opened.device }
  const { row, previousHash } = await posted(50)
  const good = await checkReceipt(held, { row, previousHash })
  expect(good).toMatchObject({
    record: 'good',
    detail: 'good',
    command: 'good',
    head: { state: 'good', seq: 120, checked: 70 },
  })
  const changedBody = { ...row, body: row.body.replace('"v":1', '"v":2') }
  expect(await checkReceipt(held, { row: changedBody, previousHash })).toMatchObject({ record: 'bad' })
  const changedDetail = { ...row, detail: row.detail?.replace('weifang', 'qingdao') ?? '' }
  expect(await checkReceipt(held, { row: changedDetail, previousHash })).toMatchObject({
    record: 'good',
    detail: 'bad',
    command: 'bad',
  })
  const first = await posted(1)
  expect(await checkReceipt(held, first)).toMatchObject({ record: 'good' })
})

test('a record rewritten on the way to the signed head is found', async () => {
  const held = { db: opened.db, device: opened.device }
  const between = await opened.db.journal.get(80)
  if (!between) throw new Error('no record 80')
  await opened.db.journal.put({ ...between, body: between.body.replace('"v":1', '"v":2') })
  expect(await checkHead(held, await posted(50), { chainMax: 1000 })).toEqual({ state: 'bad' })
  expect(await checkHead(held, await posted(90), { chainMax: 1000 })).toMatchObject({ state: 'good' })
  expect(await checkHead(held, await posted(50), { chainMax: 10 })).toMatchObject({
    state: 'far',
    between: 70,
  })
})

test('the table has every entry once, with a byte order mark, ISO dates and units', async () => {
  const columns = csvColumns({ language: 'zh-CN', iso: isoInShandong, offerTitle: () => '示例咖啡, "中杯"' })
  const seen: [number, number][] = []
  let text = ''
  for await (const part of exportCsv(opened.db, columns, (done, of) => seen.push([done, of]))) text += part
  expect(text.startsWith('\uFEFF序号,入账时间')).toBe(true)
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(121)
  expect(lines[0]).toContain('减碳量 (g CO₂e)')
  expect(lines[1]).toMatch(/^1,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00,/)
  expect(text).toContain('"示例咖啡, ""中杯"""')
  expect(seen.at(-1)).toEqual([120, 120])
})

test('a word that looks like a formula stays a word, however it is written and whatever stands before it', async () => {
  const cellOf = async (said: string) => {
    const columns: CsvColumn[] = [{ header: 'note', value: () => said }]
    let text = ''
    for await (const part of exportCsv(opened.db, columns)) text += part
    const [first = ''] = text.slice('\uFEFFnote\r\n'.length).split(/\r\n(?="?')/)
    return first.startsWith('"') ? first.slice(1, -1).replaceAll('""', '"') : first
  }
  for (const said of [
    '=HYPERLINK("x")',
    '＝SUM(A1)',
    '＋86',
    '－3',
    '＠远程',
    '\n=1+1',
    '\r\n＝1',
    '\t@x',
    ' \u3000=1+1',
    '"=1+1',
    '“＝1+1',
    '＂＝1+1',
    '\u200b=1',
    '\n早上',
  ])
    expect(await cellOf(said), JSON.stringify(said)).toBe(`'${said}`)
  expect(await cellOf('\u0000=1')).toBe("'=1")
  const columns: CsvColumn[] = [{ header: 'note', value: () => '5 路＝2 元 (a-b)' }]
  let plain = ''
  for await (const part of exportCsv(opened.db, columns)) plain += part
  expect(plain.split('\r\n')[1]).toBe('5 路＝2 元 (a-b)')
  await flushPromises()
})
