/** Pictures of offers in the worker: asked for once, there without a network, bounded, and never an error page in a picture's place. */
import { expect, it } from 'vitest'
import { keptPicture, PICTURES_MAX } from '../../src/pwa/kept-pictures.ts'

/** As the browser's: in order of arrival, by address. */
function openCache({ isFull = false } = {}) {
  const kept = new Map<string, Response>()
  const addressOf = (request: RequestInfo | URL) =>
    request instanceof Request ? request.url : String(request)
  return {
    kept,
    match: async (request: RequestInfo | URL) => kept.get(addressOf(request))?.clone(),
    put: async (request: RequestInfo | URL, response: Response) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      kept.set(addressOf(request), response)
    },
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
    delete: async (request: RequestInfo | URL) => kept.delete(addressOf(request)),
  }
}

const picture = () => new Response('bytes', { headers: { 'content-type': 'image/webp' } })
const request = (name: string | number) => new Request(`http://localhost/api/v1/pictures/${name}`)
const away = async (): Promise<Response> => {
  throw new TypeError('no network')
}

it('is asked for once, and shown without a network after that', async () => {
  const cache = openCache()
  const first = await keptPicture(request('a'), { cache, reach: async () => picture() })
  expect(await first.text()).toBe('bytes')
  const again = await keptPicture(request('a'), { cache, reach: away })
  expect(await again.text()).toBe('bytes')
  await expect(keptPicture(request('b'), { cache, reach: away })).rejects.toThrow('no network')
})

it('is not kept where the answer is none: gone, a page of somebody in between', async () => {
  const cache = openCache()
  const answers = [
    new Response('{}', { status: 404 }),
    new Response('<html>', { headers: { 'content-type': 'text/html' } }),
  ]
  for (const answer of answers) await keptPicture(request('a'), { cache, reach: async () => answer })
  expect(cache.kept.size).toBe(0)
})

it('makes room for later ones: the first that came go first', async () => {
  const cache = openCache()
  for (let i = 0; i < PICTURES_MAX + 3; i++)
    await keptPicture(request(i), { cache, reach: async () => picture() })
  expect(cache.kept.size).toBe(PICTURES_MAX)
  expect([...cache.kept.keys()][0]).toBe(request(3).url)
})

it('is shown on a full phone, too', async () => {
  const answer = await keptPicture(request('a'), {
    cache: openCache({ isFull: true }),
    reach: async () => picture(),
  })
  expect(await answer.text()).toBe('bytes')
})
