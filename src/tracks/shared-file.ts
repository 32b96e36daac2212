/**
 * Files that another app shared with this one: the worker puts them down, the page asks, and only then takes them up, once. They never leave
 * the phone. Any site can post the same form, so what waits is of bounded size and number, known by names made harmless.
 */
import { shownName } from './shown-name.ts'
import { FILE_BYTES_MAX, FILES_MAX } from './track.ts'

/** Of all together: two of the largest, or a season of usual ones. */
const SHARED_BYTES_MAX = 2 * FILE_BYTES_MAX

const CACHE = 'shared-file'
const KEY = '/shared-file'
const NAME_HEADER = 'x-file-name'
const SIZE_HEADER = 'x-file-size'

export interface SharedFile {
  readonly name: string
  readonly bytes: number
}

/** Says whether they were kept: beyond what is ever read nothing is. Later ones replace earlier ones that nobody answered for. */
export async function keepSharedFiles(files: readonly File[]): Promise<boolean> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (bytes > SHARED_BYTES_MAX || files.some(({ size }) => size > FILE_BYTES_MAX)) return false
  await dropSharedFiles()
  const cache = await caches.open(CACHE)
  for (const [n, file] of files.slice(0, FILES_MAX).entries()) {
    const headers = {
      [NAME_HEADER]: encodeURIComponent(shownName(file.name)),
      [SIZE_HEADER]: String(file.size),
    }
    await cache.put(`${KEY}/${n}`, new Response(file, { headers }))
  }
  return true
}

/** What waits, by name and size alone. */
export async function sharedFiles(): Promise<SharedFile[]> {
  const responses = await waiting()
  return responses.map((response) => ({
    name: nameOf(response),
    bytes: Number(response.headers.get(SIZE_HEADER) ?? 0),
  }))
}

/** None when there are none, or none any more. */
export async function takeSharedFiles(): Promise<File[]> {
  const responses = await waiting()
  const files = []
  for (const response of responses) files.push(new File([await response.blob()], nameOf(response)))
  await dropSharedFiles()
  return files
}

export async function dropSharedFiles(): Promise<void> {
  await caches.delete(CACHE)
}

async function waiting(): Promise<Response[]> {
  const cache = await caches.open(CACHE)
  const found = await Promise.all((await cache.keys()).map((key) => cache.match(key)))
  return found.filter((response) => response !== undefined)
}

const nameOf = (response: Response) => decodeURIComponent(response.headers.get(NAME_HEADER) ?? '')
