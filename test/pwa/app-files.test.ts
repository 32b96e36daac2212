/** The app's files in one: what is joined comes out whole, however the network cuts it, and what is cut short or something else says so. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type AppFileBody, joinFiles, NoAppFilesError, splitFiles } from '../../src/pwa/app-files.ts'

const file = fc.record({
  path: fc.webPath().map((path) => `/assets${path}`),
  type: fc.constantFrom('text/javascript; charset=utf-8', 'text/css; charset=utf-8', '文字'),
  body: fc.uint8Array({ maxLength: 90 }).map((body) => new Uint8Array(body)),
})
const files = fc.array(file, { maxLength: 12 })

/** In pieces of these lengths, over and over, none among them too. */
function inPieces(bytes: Uint8Array<ArrayBuffer>, lengths: readonly number[]): ReadableStream<Uint8Array> {
  let [at, turn] = [0, 0]
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      const length = lengths[turn++ % lengths.length] ?? 1
      controller.enqueue(bytes.slice(at, at + length))
      at += length
    },
  })
}

async function taken(stream: ReadableStream<Uint8Array>): Promise<{ came: AppFileBody[]; error?: unknown }> {
  const came: AppFileBody[] = []
  try {
    for await (const each of splitFiles(stream)) came.push(each)
    return { came }
  } catch (error) {
    return { came, error }
  }
}

it('comes out as it went in, however it is cut on its way', () =>
  fc.assert(
    fc.asyncProperty(
      files,
      fc
        .array(fc.nat(70), { minLength: 1, maxLength: 5 })
        .filter((lengths) => lengths.some((each) => each > 0)),
      async (all, lengths) => {
        expect(await taken(inPieces(joinFiles(all), lengths))).toEqual({ came: all })
      },
    ),
  ))

it('cut short, gives the files that came whole, and says that it ended', () =>
  fc.assert(
    fc.asyncProperty(files, fc.nat(), async (all, some) => {
      const joined = joinFiles(all)
      const { came, error } = await taken(inPieces(joined.slice(0, some % joined.length), [64]))
      expect(error).toBeInstanceOf(NoAppFilesError)
      expect(came).toEqual(all.slice(0, came.length))
    }),
  ))

it('a page in its place, as some servers answer for what they do not know, is not taken for it', async () => {
  const page = new TextEncoder().encode('<!doctype html><title>绿迹</title>'.padEnd(2000))
  const { came, error } = await taken(inPieces(page, [512]))
  expect(came).toEqual([])
  expect(error).toBeInstanceOf(NoAppFilesError)
})
