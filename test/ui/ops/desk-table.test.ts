/** The desk's lists: filtered by what is shown, ordered by what it means, walked by keys, loaded page by page, and no formula in a spreadsheet. */
import { mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import DeskTable from '../../../src/ops/DeskTable.vue'
import type { DeskColumn, DeskPage } from '../../../src/ops/desk-column.ts'
import { differenceOf } from '../../../src/ops/pages/proposals/difference.ts'
import { rowAfterKey } from '../../../src/ops/row-keys.ts'
import { tableCsv } from '../../../src/ops/table-csv.ts'
import { language } from '../../../src/text/language.ts'

interface Shop {
  readonly id: string
  readonly name: string
  readonly fen: number
}

const columns: readonly DeskColumn<Shop>[] = [
  { key: 'name', title: '名字', value: ({ name }) => name },
  { key: 'fen', title: '金额', value: ({ fen }) => fen, shown: ({ fen }) => `${fen / 100} 元`, align: 'end' },
]
const shop = (id: string, name: string, fen: number): Shop => ({ id, name, fen })
const PAGES: readonly DeskPage<Shop>[] = [
  { rows: [shop('a', '茶馆', 1000), shop('b', '书店', 200)], next: 'b' },
  { rows: [shop('c', '车行', 30_000)] },
]

language.value = 'zh-CN'
let table: ReturnType<typeof open> | undefined
afterEach(() => table?.unmount())

function open(load: (after: string | undefined) => Promise<DeskPage<Shop>>) {
  const rowKey = ({ id }: Shop) => id
  return mount(DeskTable<Shop>, {
    props: { caption: '商户', columns, load, rowKey, fileName: 'shops', canOpen: true },
    attachTo: document.body,
  })
}

async function loaded(
  load = async (after: string | undefined) => PAGES[after === undefined ? 0 : 1] as DeskPage<Shop>,
) {
  table = open(load)
  await settle()
  return table
}

async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await nextTick()
}

const names = () => table?.findAll('tbody tr').map((row) => row.find('td').text())
const button = (words: string) => {
  const found = table?.findAll('button').find((each) => each.text().startsWith(words))
  if (!found) throw new Error(`no button ${words}`)
  return found
}

it('loads a page at a time, and says that filter and order look at what is loaded', async () => {
  await loaded()
  expect(names()).toEqual(['茶馆', '书店'])
  expect(table?.text()).toContain('后面还有没载入的')
  await button('再载入一页').trigger('click')
  await settle()
  expect(names()).toEqual(['茶馆', '书店', '车行'])
  expect(table?.text()).toContain('共 3 条')
})

it('orders by the amount, not by its words, and says so to a screen reader', async () => {
  await loaded()
  await button('全部载入').trigger('click')
  await settle()
  const amount = table?.findAll('th')[1]
  await button('金额').trigger('click')
  await settle()
  const first = names()
  await button('金额').trigger('click')
  await settle()
  expect([first, names()]).toContainEqual(['书店', '茶馆', '车行'])
  expect([first, names()]).toContainEqual(['车行', '茶馆', '书店'])
  expect(['ascending', 'descending']).toContain(amount?.attributes('aria-sort'))
})

it('finds what is shown', async () => {
  await loaded()
  await table?.find('input[type=search]').setValue('2 元')
  await settle()
  expect(names()).toEqual(['书店'])
  expect(table?.text()).toContain('2 条里的 1 条')
})

it('is walked by keys, one row in the order of Tab, and opened by Enter', async () => {
  await loaded()
  const rows = () => table?.findAll('tbody tr') ?? []
  expect(rows().map((row) => row.attributes('tabindex'))).toEqual(['0', '-1'])
  await rows()[0]?.trigger('keydown', { key: 'End' })
  await settle()
  expect(rows().map((row) => row.attributes('tabindex'))).toEqual(['-1', '0'])
  expect(document.activeElement).toBe(rows()[1]?.element)
  await rows()[1]?.trigger('keydown', { key: 'Enter' })
  expect(table?.emitted('open')?.[0]).toEqual([PAGES[0]?.rows[1]])
})

it('says that a page did not come, and loads it once asked again', async () => {
  let isDown = true
  await loaded(async () => {
    if (isDown) throw new Error('down')
    return PAGES[1] as DeskPage<Shop>
  })
  expect(table?.text()).toContain('没有载入成功')
  isDown = false
  await button('重试').trigger('click')
  await settle()
  expect(names()).toEqual(['车行'])
})

it.each([
  ['ArrowDown', 0, 1],
  ['ArrowUp', 0, 0],
  ['PageDown', 3, 13],
  ['PageUp', 3, 0],
  ['Home', 7, 0],
  ['End', 7, 19],
  ['a', 7, undefined],
])('%s leads from row %i to row %s of twenty', (key, at, to) => {
  expect(rowAfterKey(key, at, 20)).toBe(to)
})

it('writes no cell that a spreadsheet would run, and keeps numbers as numbers', () => {
  const evil = [shop('x', '=HYPERLINK("http://example.com")', -5), shop('y', '@SUM(A1)\n"说"', 7)]
  const plain: readonly DeskColumn<Shop>[] = [
    { key: 'name', title: '+名字', value: ({ name }) => name },
    { key: 'fen', title: '分', value: ({ fen }) => fen },
  ]
  expect(tableCsv(plain, evil)).toBe(
    `\ufeff'+名字,分\r\n"'=HYPERLINK(""http://example.com"")",-5\r\n"'@SUM(A1)\n""说""",7\r\n`,
  )
})

it('lays what a proposal changes side by side, and leaves out what stays', () => {
  const before = { roles: [{ role: 'catalog' }], name: '李四' }
  const after = { roles: [{ role: 'catalog', city: 'zibo' }, { role: 'admin' }], name: '李四' }
  expect(differenceOf(before, after)).toEqual([
    { member: 'roles.0.city', before: undefined, after: 'zibo' },
    { member: 'roles.1.role', before: undefined, after: 'admin' },
  ])
  expect(differenceOf(undefined, { total: 5 })).toEqual([{ member: 'total', before: undefined, after: '5' }])
})
