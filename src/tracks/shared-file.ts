/**
 * A file that another app shared with this one: the worker puts it down, the page asks, and only then takes it up, once. It never leaves
 * the phone. Any site can post the same form, so what waits is one file of bounded size, known by a name made harmless.
 */
import { FILE_BYTES_MAX, NAME_LENGTH_MAX } from './track.ts'

const CACHE = 'shared-file'
const KEY = '/shared-file'
const NAME_HEADER = 'x-file-name'
const SIZE_HEADER = 'x-file-size'

export interface SharedFile {
  readonly name: string
  readonly bytes: number
}

/** Says whether it was kept: a file beyond what is ever read is not. A later one replaces an earlier one that nobody answered for. */
export async function keepSharedFile(file: File): Promise<boolean> {
  if (file.size > FILE_BYTES_MAX) return false
  const cache = await caches.open(CACHE)
  const headers = {
    [NAME_HEADER]: encodeURIComponent(shownName(file.name)),
    [SIZE_HEADER]: String(file.size),
  }
  await cache.put(KEY, new Response(file, { headers }))
  return true
}

/** What waits, by name and size alone. */
export async function sharedFile(): Promise<SharedFile | undefined> {
  const response = await caches.match(KEY, { cacheName: CACHE })
  return response && { name: nameOf(response), bytes: Number(response.headers.get(SIZE_HEADER) ?? 0) }
}

/** Undefined when there is none, or none any more. */
export async function takeSharedFile(): Promise<File | undefined> {
  const response = await caches.match(KEY, { cacheName: CACHE })
  if (!response) return undefined
  const file = new File([await response.blob()], nameOf(response))
  await dropSharedFile()
  return file
}

export async function dropSharedFile(): Promise<void> {
  await caches.delete(CACHE)
}

const nameOf = (response: Response) => decodeURIComponent(response.headers.get(NAME_HEADER) ?? '')

/** Without control, zero-width and direction characters, which could make a question say something else. */
function shownName(name: string): string {
  return [...name.replaceAll(/\p{C}/gu, '')].slice(0, NAME_LENGTH_MAX).join('')
}
