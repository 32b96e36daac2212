/** A file that another app shared with this one: the worker puts it down, the page that opens takes it up, once. It never leaves the phone. */

const CACHE = 'shared-file'
const KEY = '/shared-file'
const NAME_HEADER = 'x-file-name'

export async function keepSharedFile(file: File): Promise<void> {
  const cache = await caches.open(CACHE)
  const headers = { [NAME_HEADER]: encodeURIComponent(file.name) }
  await cache.put(KEY, new Response(file, { headers }))
}

/** Undefined when there is none, or none any more. */
export async function takeSharedFile(): Promise<File | undefined> {
  const response = await caches.match(KEY, { cacheName: CACHE })
  if (!response) return undefined
  const name = decodeURIComponent(response.headers.get(NAME_HEADER) ?? '')
  const file = new File([await response.blob()], name)
  await caches.delete(CACHE)
  return file
}
