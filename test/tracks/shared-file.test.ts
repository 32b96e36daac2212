// A file that came by a posted form waits, bounded and named harmlessly, until it is taken once or declined.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  dropSharedFiles,
  keepSharedFiles,
  sharedFiles,
  takeSharedFiles,
} from '../../src/tracks/shared-file.ts'
import { FILE_BYTES_MAX } from '../../src/tracks/track.ts'

/** The browser's cache as far as some files need it. */
function cachesInMemory() {
  const kept = new Map<string, Response>()
  return {
    open: async () => ({
      put: async (key: string, response: Response) => void kept.set(key, response),
      keys: async () => [...kept.keys()],
      match: async (key: string) => kept.get(key)?.clone(),
    }),
    delete: async () => kept.clear(),
  }
}

beforeEach(() => vi.stubGlobal('caches', cachesInMemory()))
afterEach(() => vi.unstubAllGlobals())

describe('shared files', () => {
  it('are known by name and size before they are read, and are there once', async () => {
    expect(await keepSharedFiles([new File(['<gpx/>'], '骑行.gpx'), new File(['x'], 'b.fit')])).toBe(true)
    const told = [
      { name: '骑行.gpx', bytes: 6 },
      { name: 'b.fit', bytes: 1 },
    ]
    expect(await sharedFiles()).toEqual(told)
    expect(await sharedFiles()).toEqual(told)
    const taken = await takeSharedFiles()
    expect(await Promise.all(taken.map((file) => file.text()))).toEqual(['<gpx/>', 'x'])
    expect(await takeSharedFiles()).toEqual([])
  })

  it('that are declined leave nothing, and later ones take the place of earlier ones', async () => {
    await keepSharedFiles([new File(['x'], 'a.gpx'), new File(['y'], 'b.gpx')])
    await keepSharedFiles([new File(['z'], 'c.gpx')])
    expect((await sharedFiles()).map(({ name }) => name)).toEqual(['c.gpx'])
    await dropSharedFiles()
    expect(await sharedFiles()).toEqual([])
  })

  it('beyond what is ever read are not kept', async () => {
    const large = () => new File([new Uint8Array(FILE_BYTES_MAX)], 'a.gpx')
    expect(await keepSharedFiles([new File([new Uint8Array(FILE_BYTES_MAX + 1)], 'a.gpx')])).toBe(false)
    expect(await keepSharedFiles([large(), large(), new File(['x'], 'b.gpx')])).toBe(false)
    expect(await sharedFiles()).toEqual([])
  })

  it('cannot turn the question round by a name, nor break it', async () => {
    await keepSharedFiles([new File(['x'], `a\u202Exgp.\u200B\n${'b'.repeat(500)}`)])
    const [{ name } = { name: '' }] = await sharedFiles()
    expect(name).toMatch(/^axgp\.b{70,}$/)
    expect(name.length).toBeLessThanOrEqual(80)
  })
})
