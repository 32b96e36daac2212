/** The decoder is fetched once, kept for when there is no network, and the one of an older build goes. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DECODER_CACHE } from '../../src/scan/decoder-cache.ts'
import { keepDecoder, readDecoder } from '../../src/scan/decoder-file.ts'

const ORIGIN = 'https://till.example'
const BYTES = Uint8Array.of(0, 97, 115, 109)

/** What a browser's Cache keeps, by whole addresses; the network may be away. */
class KeptFiles {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>()
  isOnline = true
  fetched = 0
  async add(path: string): Promise<void> {
    if (!this.isOnline) throw new TypeError('Failed to fetch')
    this.fetched++
    this.files.set(new URL(path, ORIGIN).href, BYTES)
  }
  async match(path: string): Promise<Response | undefined> {
    const bytes = this.files.get(new URL(path, ORIGIN).href)
    return bytes && new Response(bytes)
  }
  async keys(): Promise<{ url: string }[]> {
    return [...this.files.keys()].map((url) => ({ url }))
  }
  async delete(url: string): Promise<boolean> {
    return this.files.delete(url)
  }
}

let kept: KeptFiles
beforeEach(() => {
  kept = new KeptFiles()
  const opened = new Map([[DECODER_CACHE, kept]])
  vi.stubGlobal('location', { href: `${ORIGIN}/till` })
  vi.stubGlobal('caches', {
    open: async (name: string) => opened.get(name),
    match: (path: string) => kept.match(path),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

it('is there without a network once a till has kept it', async () => {
  expect(await keepDecoder()).toBe(true)
  kept.isOnline = false
  expect(new Uint8Array(await readDecoder())).toEqual(BYTES)
  expect(await keepDecoder()).toBe(true)
  expect(kept.fetched).toBe(1)
})

it('takes the place of an older build’s', async () => {
  await kept.add('/assets/zxing_reader-old.wasm')
  await keepDecoder()
  expect([...kept.files.keys()].filter((url) => url.includes('old'))).toEqual([])
  expect(kept.files.size).toBe(1)
})

it('says that it could not be kept, and throws when it is needed', async () => {
  kept.isOnline = false
  expect(await keepDecoder()).toBe(false)
  await expect(readDecoder()).rejects.toThrow(/cannot be loaded/)
})

it('cannot be kept where a browser has no caches', async () => {
  vi.stubGlobal('caches', undefined)
  expect(await keepDecoder()).toBe(false)
})
