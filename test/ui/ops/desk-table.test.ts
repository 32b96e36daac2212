/** The desk's lists: found in, narrowed and ordered by the backend, with that in the address; walked by keys, loaded page by page, and no formula in a spreadsheet. */
import { type DOMWrapper, flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import DeskTable from '../../../src/ops/DeskTable.vue'
import { type DeskColumn, type DeskFilter, type DeskPage, wordsFrom } from '../../../src/ops/desk-column.ts'
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
  { key: 'id', title: '编号', value: ({ id }) => id },
  { key: 'title', title: '名字', value: ({ name }) => name },
  {
    key: 'value',
    title: '金额',
    value: ({ fen }) => fen,
    shown: ({ fen }) => `${fen / 100} 元`,
    align: 'end',
  },
  { key: 'note', title: '附注', value: () => '' },
]
const filters: readonly DeskFilter[] = [
  { name: 'state', label: '状态', words: wordsFrom({ open: '开放', over: '结束' }) },
]
const shop = (id: string, name: string, fen: number): Shop => ({ id, name, fen })
const PAGES: readonly DeskPage<Shop>[] = [
  { rows: [shop('a', '茶馆', 1000), shop('b', '书店', 200)], next: 'b' },
  { rows: [shop('c', '车行', 30_000)] },
]

language.value = 'zh-CN'
let table: VueWrapper | undefined
let router: Router
/** What was asked of the backend, in order. */
let asked: string[]
afterEach(() => {
  table?.unmount()
  vi.restoreAllMocks()
})

type Answer = (query: URLSearchParams) => Promise<DeskPage<Shop>>
const pages: Answer = async (query) => PAGES[query.has('after') ? 1 : 0] as DeskPage<Shop>

async function loaded(answer: Answer = pages, { path = '/', defaults = {} } = {}) {
  asked = []
  const load: Answer = (query) => {
    asked.push(query.toString())
    return answer(query)
  }
  router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null } }],
  })
  await router.push(path)
  table = mount(DeskTable<Shop>, {
    props: {
      ...{
        list: 'offers',
        caption: '兑换',
        columns,
        filters,
        defaults,
        load,
        fileName: 'offers',
        canOpen: true,
      },
      rowKey: ({ id }: Shop) => id,
    },
    global: { plugins: [router] },
    attachTo: document.body,
  })
  await settle()
  return table
}

async function settle(): Promise<void> {
  await flushPromises()
  await flushPromises()
}

const names = () => table?.findAll('tbody tr').map((row) => row.findAll('td')[1]?.text())
const button = (words: string) => {
  const found = table?.findAll('button').find((each) => each.text().startsWith(words))
  if (!found) throw new Error(`no button ${words}`)
  return found
}
const search = () => table?.get('input[type=search]') as DOMWrapper<HTMLInputElement>
const state = () => table?.get('select') as DOMWrapper<HTMLSelectElement>
const query = () => router.currentRoute.value.query

it('loads a page at a time, and says when there are more', async () => {
  await loaded()
  expect(names()).toEqual(['茶馆', '书店'])
  expect(table?.text()).toContain('前 2 条，后面还有')
  await button('再载入一页').trigger('click')
  await settle()
  expect(names()).toEqual(['茶馆', '书店', '车行'])
  expect(table?.text()).toContain('共 3 条')
  expect(asked).toEqual(['', 'after=b'])
})

it('asks the backend to order, up, down and as it was, and says so to a screen reader', async () => {
  await loaded()
  const head = () => table?.findAll('th')[2]?.attributes('aria-sort')
  for (const [sort, said] of [
    ['value', 'ascending'],
    ['-value', 'descending'],
    [undefined, 'none'],
  ]) {
    await button('金额').trigger('click')
    await settle()
    expect([query().sort, asked.at(-1), head()]).toEqual([
      sort,
      sort === undefined ? '' : `sort=${sort}`,
      said,
    ])
  }
  // What the backend cannot order by is no button.
  expect(table?.findAll('th')[3]?.find('button').exists()).toBe(false)
})

it('finds over all that there is: what was typed goes to the backend and into the address, and one step back undoes it', async () => {
  await loaded(async (asking) =>
    asking.get('find') === '车' ? { rows: PAGES[1]?.rows ?? [] } : (PAGES[0] as DeskPage<Shop>),
  )
  await search().setValue('车')
  await search().trigger('change')
  await settle()
  expect([names(), query().find, asked.at(-1)]).toEqual([['车行'], '车', 'find=%E8%BD%A6'])
  router.back()
  await vi.waitFor(() => expect(names()).toEqual(['茶馆', '书店']))
  expect(search().element.value).toBe('')
})

it('goes by the letter with one step in the history for all of them', async () => {
  await loaded()
  vi.useFakeTimers()
  for (const text of ['c', 'ca', 'car']) {
    search().element.value = text
    await search().trigger('input')
    await vi.advanceTimersByTimeAsync(400)
  }
  vi.useRealTimers()
  await settle()
  expect(query().find).toBe('car')
  router.back()
  await vi.waitFor(() => expect(query()).toEqual({}))
})

it('opens as a link says, without what the list does not know', async () => {
  await loaded(pages, { path: '/?find=abc&state=over&sort=-ends&city=atlantis&x=1' })
  expect(asked).toEqual(['state=over&find=abc&sort=-ends'])
  expect(search().element.value).toBe('abc')
  expect(state().element.value).toBe('over')
})

it('is narrowed by default until somebody asks for all, which the address then says', async () => {
  await loaded(pages, { defaults: { state: 'open' } })
  expect([asked, query()]).toEqual([['state=open'], {}])
  await state().setValue('')
  await settle()
  expect([asked.at(-1), query()]).toEqual(['', { state: '' }])
  router.back()
  await vi.waitFor(() => expect(asked.at(-1)).toBe('state=open'))
  expect(table?.text()).toContain('状态“开放”')
  await button('清除筛选').trigger('click')
  await settle()
  expect(query()).toEqual({ state: '' })
})

it('that has nothing which fits says what it was asked and clears it', async () => {
  await loaded(async (asking) => (asking.has('find') ? { rows: [] } : (PAGES[1] as DeskPage<Shop>)), {
    path: '/?find=xyz&state=over',
  })
  expect(table?.text()).toContain('没有符合的记录：“xyz” · 状态“结束”。')
  await button('清除筛选').trigger('click')
  await settle()
  expect([names(), query(), document.activeElement]).toEqual([['车行'], {}, search().element])
})

it('looks on while a page has nothing, because what fits may be on the ninth', async () => {
  await loaded(async (asking) => {
    const at = Number(asking.get('after') ?? 0)
    return at < 8 ? { rows: [], next: String(at + 1) } : (PAGES[1] as DeskPage<Shop>)
  })
  await vi.waitFor(() => expect(names()).toEqual(['车行']))
  expect(asked).toHaveLength(9)
})

it('does not show the answer to what is not asked any more', async () => {
  let late: (page: DeskPage<Shop>) => void = () => {}
  await loaded((asking) =>
    asking.has('find')
      ? pages(asking)
      : new Promise((resolve) => {
          late = resolve
        }),
  )
  await search().setValue('茶')
  await search().trigger('change')
  await settle()
  late(PAGES[1] as DeskPage<Shop>)
  await settle()
  expect(names()).toEqual(['茶馆', '书店'])
})

function exported() {
  const files: Blob[] = []
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    files.push(blob as Blob)
    return 'blob:x'
  })
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  return files
}

it('exports all that the filter says, not what was loaded', async () => {
  const files = exported()
  await loaded(pages, { path: '/?state=over' })
  await button('导出').trigger('click')
  await vi.waitFor(() => expect(table?.text()).toContain('已导出 3 条'))
  expect(await files[0]?.text()).toContain('c,车行,300 元')
  expect(asked).toEqual(['state=over', 'state=over', 'state=over&after=b'])
  // The list itself stays as it was.
  expect(names()).toEqual(['茶馆', '书店'])
})

it('says when a file is cut off, and makes none when a page did not come', async () => {
  const files = exported()
  let isDown = false
  await loaded(async (asking) => {
    if (isDown && asking.has('after')) throw new Error('down')
    const rows = Array.from({ length: 3000 }, (_, i) => shop(`${asking.get('after') ?? 0} ${i}`, '店', i))
    return { rows: asking.has('after') || isDown ? rows : rows.slice(0, 2), next: '1' }
  })
  await button('导出').trigger('click')
  await vi.waitFor(() => expect(table?.text()).toContain('只导出了前 10000 条'))
  expect((await files[0]?.text())?.split('\r\n')).toHaveLength(10_002)
  isDown = true
  await button('导出').trigger('click')
  await vi.waitFor(() => expect(table?.find('[role=alert]').exists()).toBe(true))
  expect([files.length, table?.text().includes('只导出了')]).toEqual([1, false])
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

it.each(['＝1+1', '＋86 532', '\u2212SUM(A1)', '﹣3', '\u3000=1+1', '"@x"', '＂=1+1', '\u2066=1', '\n=1'])(
  'writes %j as the word that it is, also where its column shows it in other words',
  (said) => {
    const shown = said.replaceAll('\u2066', '')
    const cell = `'${shown.replaceAll('"', '""')}`
    const written = /["\n]/.test(shown) ? `"${cell}"` : cell
    const names: readonly DeskColumn<Shop>[] = [
      { key: 'name', title: 'name', value: ({ name }) => name },
      { key: 'fen', title: 'fen', value: ({ fen }) => fen, shown: ({ name }) => name },
    ]
    expect(tableCsv(names, [shop('x', said, 5)])).toBe(`\ufeffname,fen\r\n${written},${written}\r\n`)
  },
)

it('lays what a proposal changes side by side, and leaves out what stays', () => {
  const before = { roles: [{ role: 'catalog' }], name: '李四' }
  const after = { roles: [{ role: 'catalog', city: 'zibo' }, { role: 'admin' }], name: '李四' }
  expect(differenceOf(before, after)).toEqual([
    { member: 'roles.0.city', before: undefined, after: 'zibo' },
    { member: 'roles.1.role', before: undefined, after: 'admin' },
  ])
  expect(differenceOf(undefined, { total: 5 })).toEqual([{ member: 'total', before: undefined, after: '5' }])
})
