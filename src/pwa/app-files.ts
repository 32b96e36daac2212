/**
 * All files of the app in one: on a phone's network hundreds of small answers, each with a way there and back of its own, take ten times as long as
 * one of that size. The build joins them (`build/join-files.ts`), the worker takes them apart as they come.
 * Layout: the length of a list in bytes, 4 of them, the highest first; the list, JSON in UTF-8; then the bytes of each file, in the list's order.
 */
export interface AppFileBody {
  /** `/assets/home-B1ipgmgX.js` */
  readonly path: string
  /** As the server names it: `text/css; charset=utf-8`. */
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
}

interface Listed {
  readonly path: string
  readonly type: string
  readonly length: number
}

export const APP_FILES_PATH = '/app-files.bin'

const LENGTH_BYTES = 4
/** The app's list has some 40 kB; what says more is another answer, e.g. a page. */
const LIST_BYTES_MAX = 1_000_000

export class NoAppFilesError extends Error {
  override readonly name = 'NoAppFilesError'
}

export function joinFiles(files: readonly AppFileBody[]): Uint8Array<ArrayBuffer> {
  const listed: Listed[] = files.map(({ path, type, body: { length } }) => ({ path, type, length }))
  const list = new TextEncoder().encode(JSON.stringify(listed))
  const joined = new Uint8Array(
    files.reduce((sum, { body }) => sum + body.length, LENGTH_BYTES + list.length),
  )
  new DataView(joined.buffer).setUint32(0, list.length)
  let at = LENGTH_BYTES
  for (const part of [list, ...files.map(({ body }) => body)]) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Each file as soon as all of it is there. Throws NoAppFilesError for what is something else, or ends too early: after the files that came whole. */
export async function* splitFiles(joined: ReadableStream<Uint8Array>): AsyncGenerator<AppFileBody> {
  const take = taker(joined)
  const length = new DataView((await take(LENGTH_BYTES)).buffer).getUint32(0)
  if (length > LIST_BYTES_MAX) throw new NoAppFilesError(`a list of ${length} bytes`)
  const list = JSON.parse(new TextDecoder().decode(await take(length))) as readonly Listed[]
  for (const { path, type, length: bytes } of list) yield { path, type, body: await take(bytes) }
}

/** The next so many bytes of a stream, however it is cut. */
function taker(stream: ReadableStream<Uint8Array>): (count: number) => Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader()
  let rest: Uint8Array = new Uint8Array()
  return async (count) => {
    const taken = new Uint8Array(count)
    for (let at = 0; at < count; ) {
      if (rest.length === 0) {
        const { done, value } = await reader.read()
        if (done) throw new NoAppFilesError(`ends ${count - at} bytes too early`)
        rest = value
      }
      const part = rest.subarray(0, count - at)
      taken.set(part, at)
      at += part.length
      rest = rest.subarray(part.length)
    }
    return taken
  }
}
