// A file that came by a posted form waits, bounded and named harmlessly, until it is taken once or declined.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dropSharedFile, keepSharedFile, sharedFile, takeSharedFile } from '../../src/tracks/shared-file.ts'
import { FILE_BYTES_MAX } from '../../src/tracks/track.ts'

/** The browser's cache as far as one file needs it. */
function cachesInMemory() {
  const kept = new Map<string, Response>()
  return {
    open: async () => ({ put: async (key: string, response: Response) => void kept.set(key, response) }),
    match: async (key: string) => kept.get(key)?.clone(),
    delete: async () => kept.clear(),
  }
}

beforeEach(() => vi.stubGlobal('caches', cachesInMemory()))
afterEach(() => vi.unstubAllGlobals())

describe('a shared file', () => {
  it('is known by name and size before it is read, and is there once', async () => {
    expect(await keepSharedFile(new File(['<gpx/>'], '骑行.gpx'))).toBe(true)
    expect(await sharedFile()).toEqual({ name: '骑行.gpx', bytes: 6 })
    expect(await sharedFile()).toEqual({ name: '骑行.gpx', bytes: 6 })
    expect(await (await takeSharedFile())?.text()).toBe('<gpx/>')
    expect(await takeSharedFile()).toBeUndefined()
  })

  it('that is declined leaves nothing', async () => {
    await keepSharedFile(new File(['x'], 'a.gpx'))
    await dropSharedFile()
    expect(await sharedFile()).toBeUndefined()
  })

  it('beyond what is ever read is not kept', async () => {
    expect(await keepSharedFile(new File([new Uint8Array(FILE_BYTES_MAX + 1)], 'a.gpx'))).toBe(false)
    expect(await sharedFile()).toBeUndefined()
  })

  it('cannot turn the question round by its name, nor break it', async () => {
    await keepSharedFile(new File(['x'], `a\u202Exgp.\u200B\n${'b'.repeat(500)}`))
    const { name } = (await sharedFile()) ?? {}
    expect(name).toMatch(/^axgp\.b{70,}$/)
    expect(name?.length).toBeLessThanOrEqual(80)
  })
})
