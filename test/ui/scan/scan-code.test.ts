/** The scanner says in words what to do when there is no camera to be had, and gives the camera back when nobody looks. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ScanCode from '../../../src/components/scan/ScanCode.vue'

/** A camera that runs until it is stopped. */
class FakeTrack extends EventTarget {
  isStopped = false
  isLit = false
  readonly hasTorch: boolean
  constructor(hasTorch: boolean) {
    super()
    this.hasTorch = hasTorch
  }
  stop() {
    this.isStopped = true
  }
  getCapabilities() {
    return { torch: this.hasTorch }
  }
  async applyConstraints({ advanced: [{ torch }] }: { advanced: [{ torch: boolean }] }) {
    this.isLit = torch
  }
}

/** Answers as the browser's reader off the page does, of which a page without pictures asks nothing. */
class SilentWorker {
  postMessage() {}
  terminate() {}
}

let page: VueWrapper | undefined
let tracks: FakeTrack[]
let visibility: DocumentVisibilityState

function camera(open: () => Promise<unknown>): void {
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: open }, configurable: true })
}

function openTrack(hasTorch = false): () => Promise<unknown> {
  return async () => {
    const track = new FakeTrack(hasTorch)
    tracks.push(track)
    return Object.assign(new MediaStream(), { getTracks: () => [track], getVideoTracks: () => [track] })
  }
}

function failing(name: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error('no'), { name }))
}

async function open(): Promise<VueWrapper> {
  page = mount(ScanCode)
  await flushPromises()
  return page
}

async function look(now: DocumentVisibilityState): Promise<void> {
  visibility = now
  document.dispatchEvent(new Event('visibilitychange'))
  await flushPromises()
}

beforeEach(() => {
  tracks = []
  visibility = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
  vi.stubGlobal('Worker', SilentWorker)
})
afterEach(() => {
  page?.unmount()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true })
})

describe('without a camera', () => {
  it.each([
    ['NotAllowedError', '没有摄像头权限', '网站设置'],
    ['NotFoundError', '这里用不了摄像头', '没有找到摄像头'],
    ['NotReadableError', '摄像头打不开', '别的应用'],
  ])('%s: says what it is and what to do, and a picture can still be read', async (name, title, advice) => {
    camera(failing(name))
    const { text, find } = await open().then((wrapper) => ({
      text: wrapper.text(),
      find: wrapper.find('input[type="file"]'),
    }))
    expect(text).toContain(title)
    expect(text).toContain(advice)
    expect(text).toContain('再试一次')
    expect(find.attributes('accept')).toBe('image/*')
  })

  it('over plain http: says so too', async () => {
    expect((await open()).text()).toContain('https')
  })

  it('is tried again on a tap, once it is allowed', async () => {
    camera(failing('NotAllowedError'))
    const wrapper = await open()
    camera(openTrack())
    await wrapper.get('button.link').trigger('click')
    await flushPromises()
    expect(wrapper.text()).toContain('放进框里')
  })
})

describe('a camera', () => {
  it('is given back when the page is hidden, taken again when it returns, and given back at the end', async () => {
    camera(openTrack())
    const wrapper = await open()
    await look('hidden')
    expect(tracks.map(({ isStopped }) => isStopped)).toEqual([true])
    await look('visible')
    expect(tracks.map(({ isStopped }) => isStopped)).toEqual([true, false])
    wrapper.unmount()
    page = undefined
    expect(tracks.map(({ isStopped }) => isStopped)).toEqual([true, true])
  })

  it('that is only there when the page has gone is given back at once', async () => {
    let allow: () => void = () => undefined
    const allowed = new Promise<void>((resolve) => {
      allow = resolve
    })
    camera(() => allowed.then(openTrack()))
    const wrapper = await open()
    wrapper.unmount()
    page = undefined
    allow()
    await flushPromises()
    expect(tracks.map(({ isStopped }) => isStopped)).toEqual([true])
  })

  it('has a switch for its light where it has one', async () => {
    camera(openTrack(true))
    const wrapper = await open()
    await wrapper.get('button.torch').trigger('click')
    await flushPromises()
    expect(tracks[0]?.isLit).toBe(true)
    expect(wrapper.get('button.torch').attributes('aria-label')).toBe('关灯')
    wrapper.unmount()
    camera(openTrack(false))
    expect((await open()).find('button.torch').exists()).toBe(false)
  })

  it('that is pulled out says so', async () => {
    camera(openTrack())
    const wrapper = await open()
    tracks[0]?.dispatchEvent(new Event('ended'))
    await flushPromises()
    expect(wrapper.text()).toContain('摄像头断开了')
  })
})

it('a file that is no picture is said to be none', async () => {
  camera(failing('NotFoundError'))
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('The source image could not be decoded')))
  const wrapper = await open()
  const input = wrapper.get<HTMLInputElement>('input[type="file"]')
  Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'x.png')], configurable: true })
  await input.trigger('change')
  await flushPromises()
  expect(wrapper.get('[role="status"]').text()).toContain('不是能打开的图片')
})
