/** Pictures of offers on the phone: an address is its content, so that what is kept never grows old. Bounded; the first that came go first. */

export const PICTURES_CACHE = 'offer-pictures'

/** Of at most 40 kB each: 4 MB. */
export const PICTURES_MAX = 100

interface Around {
  readonly cache: Pick<Cache, 'match' | 'put' | 'keys' | 'delete'>
  readonly reach: (request: Request) => Promise<Response>
}

/** From the phone, else from the backend and kept. Throws what the network throws: the page shows a drawing then. */
export async function keptPicture(request: Request, { cache, reach }: Around): Promise<Response> {
  const kept = await cache.match(request.url).catch(() => undefined)
  if (kept) return kept
  const answer = await reach(request)
  const isPicture = answer.status === 200 && (answer.headers.get('content-type') ?? '').startsWith('image/')
  // A full phone keeps nothing; the picture is shown all the same.
  if (isPicture) await keep(cache, request.url, answer.clone()).catch(() => undefined)
  return answer
}

async function keep(cache: Around['cache'], url: string, answer: Response): Promise<void> {
  await cache.put(url, answer)
  const urls = await cache.keys()
  for (const old of urls.slice(0, Math.max(0, urls.length - PICTURES_MAX))) await cache.delete(old)
}
