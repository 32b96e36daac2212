/**
 * Files that a clerk chose are as safe as what is typed: there again after their page was left, the session was over or the network away, for the
 * same person, until they have arrived; and whatever cannot be kept says so.
 */
import { readFileSync } from 'node:fs'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { sampleProvider } from '../../../mock-api/demo/sample-providers.ts'
import jinan from '../../../src/content/cities/jinan.json' with { type: 'json' }
import { createDesk, type Desk, deskKey } from '../../../src/ops/desk.ts'
import { dropDeskDrafts, hasDeskDrafts } from '../../../src/ops/desk-draft.ts'
import PackUpload from '../../../src/ops/pages/content/PackUpload.vue'
import OfferPanel from '../../../src/ops/pages/offers/OfferPanel.vue'
import ServiceUpload from '../../../src/ops/pages/services/ServiceUpload.vue'
import { language } from '../../../src/text/language.ts'

const PICTURE = { digest: 'b'.repeat(64), type: 'image/webp', width: 640, height: 480 }
const CLERK = '00000000-0000-4000-8000-000000000001'

let desk: Desk
let page: ReturnType<typeof mount> | undefined
let sent: { readonly path: string; readonly body: BodyInit | null | undefined }[]
let answer: () => Response | Promise<Response>
let who = CLERK

const refused = (code: string, status: number) => () =>
  new Response(JSON.stringify({ type: 'x', title: 'x', status, code }), { status })
const NO_NETWORK = () => Promise.reject(new TypeError('no network'))
const OVER = refused('not_signed_in', 401)

beforeEach(() => {
  language.value = 'zh-CN'
  sessionStorage.clear()
  sent = []
  who = CLERK
  answer = () => new Response('{}')
  desk = createDesk({
    newId: () => 'an id',
    async reach(path, { method, body }) {
      if (method === 'GET') return new Response(JSON.stringify(read(path)))
      sent.push({ path, body })
      return answer()
    },
  })
})
afterEach(() => {
  page?.unmount()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function read(path: string): unknown {
  if (path.endsWith('/door')) return { needsFirst: false, hasToken: false, hasSamples: false }
  if (path.endsWith('/session'))
    return {
      ...{ operatorId: who, name: '张三', isSample: false, way: 'passkey', roles: [{ role: 'catalog' }] },
      ...{ endsAt: 2, recoveryCodesLeft: 3, now: 1 },
    }
  if (path.includes('/content/')) return jinan
  return path.endsWith('/weeks') ? { weeks: [] } : { versions: [] }
}

async function open(view: Component): Promise<void> {
  page?.unmount()
  await desk.refresh()
  page = mount(view, { attachTo: document.body, global: { provide: { [deskKey as symbol]: desk } } })
  await flushPromises()
}

const input = () => {
  const found = page?.find<HTMLInputElement>('input[type=file]')
  if (!found) throw new Error('no page is open')
  return found
}
async function choose(...files: File[]): Promise<void> {
  const list = new DataTransfer()
  for (const file of files) list.items.add(file)
  input().element.files = list.files
  await input().trigger('change')
  await flushPromises()
}
const named = () => [...(input().element.files ?? [])].map(({ name }) => name)
const button = (words: string) => page?.findAll('button').find((each) => each.text() === words)
async function press(words: string): Promise<void> {
  await button(words)?.trigger('click')
  await flushPromises()
}
const json = (name: string, value: unknown) =>
  new File([JSON.stringify(value)], name, { type: 'application/json' })

const bike = { provider: sampleProvider('bike')?.provider }
/** As the one in force, with other words, as of later. */
const newer = json('jinan-new.json', {
  ...jinan,
  version: '2026-11-29',
  revision: 9,
  city: { ...jinan.city, nameEn: 'Jinan City' },
})
const FILES = [
  { name: 'a content pack', view: PackUpload, file: newer, send: '发布' },
  { name: 'a service', view: ServiceUpload, file: json('bike.json', bike), send: '提交' },
] as const

describe.each(FILES)('$name', ({ view, file, send }) => {
  it('stays chosen when its page is left, and is only the person’s who chose it', async () => {
    await open(view)
    await choose(file)
    expect(page?.text()).toContain('留在这个浏览器标签页里')
    const shown = page?.text()
    await open(view)
    expect([named(), page?.text()]).toEqual([[file.name], shown])
    who = '00000000-0000-4000-8000-000000000002'
    await open(view)
    expect([named(), hasDeskDrafts()]).toEqual([[], false])
  })

  it('goes when another choice is called off, and when one signs out', async () => {
    await open(view)
    await choose(file)
    await choose()
    expect(hasDeskDrafts()).toBe(false)
    await choose(file)
    expect(hasDeskDrafts()).toBe(true)
    dropDeskDrafts()
    await open(view)
    expect(named()).toEqual([])
  })

  it('that is no JSON says so, also after its page was left', async () => {
    await open(view)
    await choose(new File(['{'], 'half.json'))
    await open(view)
    expect(named()).toEqual(['half.json'])
    expect(page?.text()).toContain('不是 JSON')
  })

  it('too large for the tab says that it has to be chosen again', async () => {
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    vi.stubGlobal('sessionStorage', { getItem: () => null, removeItem: () => undefined, setItem: full })
    await open(view)
    await choose(file)
    expect(page?.text()).toContain('文件太大')
    expect(page?.text()).not.toContain('留在这个浏览器标签页里')
  })

  it('is there until it has arrived, whatever was in the way', async () => {
    await open(view)
    await choose(file)
    for (const failure of [refused('busy', 503), NO_NETWORK, OVER]) {
      answer = failure
      await press(send)
      expect(named()).toEqual([file.name])
    }
    expect(desk.session.value).toBeUndefined()
    await open(view)
    answer = () => new Response('{}')
    await press(send)
    expect(sent).toHaveLength(4)
    expect([named(), hasDeskDrafts()]).toEqual([[], false])
  })
})

it('a city that is only looked at is nothing that waits to be sent', async () => {
  await open(PackUpload)
  await page?.get('select').setValue('zibo')
  expect(hasDeskDrafts()).toBe(false)
})

describe('an offer’s picture', () => {
  const small = new Uint8Array(readFileSync('test/golden/pictures/lossy.webp'))
  const photo = new File(['as the camera wrote it'], 'cake.jpg', { type: 'image/jpeg' })
  /** A browser that draws: happy-dom has no canvas. */
  beforeEach(() => {
    const picture = { width: 640, height: 480, close: () => undefined }
    vi.stubGlobal('createImageBitmap', async () => picture)
    const canvas = HTMLCanvasElement.prototype
    vi.spyOn(canvas, 'getContext').mockReturnValue({
      fillRect: () => undefined,
      drawImage: () => undefined,
    } as unknown as null)
    vi.spyOn(canvas, 'toBlob').mockImplementation((done, type) =>
      done(new Blob([small], { type: type ?? '' })),
    )
  })
  const shown = () => page?.find(`img[src$="${PICTURE.digest}"]`).exists()
  const bytesOf = async (body: unknown) => [...new Uint8Array(await (body as Blob).arrayBuffer())]

  it.each([
    ['the network was away', NO_NETWORK],
    ['the session was over', OVER],
    ['the backend was busy', refused('busy', 503)],
  ])('that did not come there because %s is brought when its form is opened again', async (_why, failure) => {
    await open(OfferPanel)
    answer = failure
    await choose(photo)
    expect([sent.length, shown(), button('再传一次') !== undefined]).toEqual([1, false, true])
    answer = () => new Response(JSON.stringify(PICTURE))
    await open(OfferPanel)
    expect(shown()).toBe(true)
    expect(await bytesOf(sent.at(-1)?.body)).toEqual([...small])
    await open(OfferPanel)
    expect(sent.filter(({ path }) => path.endsWith('/pictures'))).toHaveLength(2)
  })

  it('is not left out of the offer in silence', async () => {
    await open(OfferPanel)
    answer = NO_NETWORK
    await choose(photo)
    await page?.get('form').trigger('submit')
    await flushPromises()
    expect(sent.filter(({ path }) => path.endsWith('/offers'))).toEqual([])
    const described = document.getElementById(input().attributes('aria-describedby') ?? '')
    expect(described?.textContent).toContain('还没传上去')
    await press('不用这张图')
    expect(described?.textContent).not.toContain('还没传上去')
    expect(button('再传一次')).toBeUndefined()
  })
})
