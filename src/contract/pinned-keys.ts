/** PINNED_KEYS of the build: the keys that the backend answers, as text. One that cannot be read stops the build; it must not pass for none. */
import * as v from 'valibot'
import { keySetSchema } from './catalog.ts'

type PinnedKeys = Pick<v.InferOutput<typeof keySetSchema>, 'keys'>

export function readPinnedKeys(text: string | undefined): PinnedKeys | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const { keys } = v.parse(keySetSchema, JSON.parse(text))
  if (keys.length === 0) throw new Error('PINNED_KEYS names no key')
  return { keys }
}
