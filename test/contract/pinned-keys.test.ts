/** PINNED_KEYS of a build: what the backend's tool printed, and nothing that would pass for no pins at all. */
import { describe, expect, it } from 'vitest'
import { readPinnedKeys } from '../../src/contract/pinned-keys.ts'
import { makeTestKey } from '../support/keys.ts'

describe('the keys that a build pins', () => {
  it('are those that were printed', async () => {
    const { key } = await makeTestKey('a', { purpose: 'heads' })
    expect(readPinnedKeys(JSON.stringify({ keys: [key] }))).toEqual({ keys: [key] })
  })

  it.each([undefined, '', ' \n'])('are none when the build was told none: %j', (text) => {
    expect(readPinnedKeys(text)).toBeUndefined()
  })

  it.each(['{', '[]', '{}', '{"keys":[]}', '{"keys":[{"kid":"a"}]}', '3f:aa:00'])(
    'stop the build when they cannot be read: %s',
    (text) => {
      expect(() => readPinnedKeys(text)).toThrow()
    },
  )
})
