/** What can come back over a bad line, and what the app makes of it: an answer, or a problem that says whether trying again may help. */
import * as v from 'valibot'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { healthSchema } from '../../src/contract/catalog.ts'
import { PROBLEMS, type ProblemCode } from '../../src/contract/problem.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import { createTransport, SyncProblem } from '../../src/sync/transport.ts'

afterEach(() => vi.restoreAllMocks())

const health = { status: 'ok', version: '1', storage: 'pglite', durability: 'process', demo: true }

function problemBody(code: string, status = 400): string {
  return JSON.stringify({ type: `urn:greentrace:problem:${code}`, title: code, status, code })
}

/** What asking for the backend's health comes to when this is the answer. */
async function asked(answer: () => Response | Promise<Response>): Promise<SyncProblem | unknown> {
  const transport = createTransport(async () => answer())
  return transport.get('/health', healthSchema).catch((error: unknown) => error)
}

/** A body that breaks off after some bytes. */
function broken(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text))
      controller.error(new TypeError('terminated'))
    },
  })
}

const html = '<!doctype html><title>欢迎乘坐高铁</title><a href="/login">WLAN</a>'

describe('no answer', () => {
  it.each([
    ['a network that is gone', () => Promise.reject(new TypeError('fetch failed'))],
    ['a body that breaks off half-way', () => new Response(broken('{"status":"o'))],
    ['an error whose body breaks off', () => new Response(broken('{"code":"acc'), { status: 410 })],
  ])('%s is offline, and may be tried again', async (_what, answer) => {
    const problem = await asked(answer)
    expect(problem).toMatchObject({ name: 'SyncProblem', code: 'offline', mayRetry: true })
  })

  it('within half a minute is offline', async () => {
    const clock = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal)
    const transport = createTransport(
      (_path, init) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))
        }),
    )
    const asking = transport.get('/health', healthSchema)
    expect(timeout).toHaveBeenCalledWith(30_000)
    clock.abort(new DOMException('late', 'TimeoutError'))
    await expect(asking).rejects.toMatchObject({ code: 'offline', mayRetry: true })
  })

  it('to the rest of a body, likewise', async () => {
    const clock = new AbortController()
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal)
    const transport = createTransport(async (_path, init) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"status":'))
          init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
        },
      })
      return new Response(body)
    })
    const asking = transport.get('/health', healthSchema)
    await Promise.resolve()
    clock.abort(new DOMException('late', 'TimeoutError'))
    await expect(asking).rejects.toMatchObject({ code: 'offline' })
  })
})

describe('an answer in another language', () => {
  it.each([
    ['a portal’s page', () => new Response(html, { headers: { 'content-type': 'text/html' } })],
    ['a portal’s page that says it is JSON', () => Response.json(html)],
    ['nothing at all', () => new Response('')],
    ['half an answer that ends as if it were whole', () => new Response('{"status":"ok","vers')],
    ['null', () => new Response('null')],
    ['an answer with a member less', () => Response.json({ ...health, demo: undefined })],
    ['a problem that says it went well', () => new Response(problemBody('account_deleted', 410))],
    ['a portal that forbids', () => new Response(html, { status: 403 })],
    ['a proxy that wants a password', () => new Response(html, { status: 407 })],
    ['a portal’s 401', () => new Response(html, { status: 401 })],
    ['a page that is gone', () => new Response(html, { status: 410 })],
    ['a missing page', () => new Response(html, { status: 404 })],
    [
      'a problem of a later version, with a status of its own',
      () => new Response(problemBody('payment_required', 402), { status: 402 }),
    ],
  ])('%s is unreadable, and may be tried again', async (_what, answer) => {
    expect(await asked(answer)).toMatchObject({ code: 'unreadable', mayRetry: true })
  })

  it('never says that somebody is signed out or that an account is gone: only the backend can', async () => {
    for (const status of [400, 401, 403, 404, 410, 418, 451])
      for (const body of [html, '', '{}', '{"code":"account_deleted"}', '{"code":"not_signed_in"}']) {
        const problem = (await asked(() => new Response(body, { status }))) as SyncProblem
        expect(problem.code, `${status} ${body}`).toBe('unreadable')
      }
  })
})

describe('a gateway in between', () => {
  it.each([
    [413, 'too_large', false],
    [429, 'too_many_requests', true],
    [500, 'busy', true],
    [502, 'busy', true],
    [503, 'busy', true],
    [504, 'busy', true],
    [599, 'busy', true],
  ])('answers %i in HTML: %s', async (status, code, mayRetry) => {
    expect(await asked(() => new Response(html, { status }))).toMatchObject({ code, mayRetry })
  })

  it('says when to come back', async () => {
    for (const status of [429, 503]) {
      const answer = () => new Response(html, { status, headers: { 'retry-after': '17' } })
      expect(await asked(answer)).toMatchObject({ retryAfterMs: 17_000 })
    }
  })

  it.each(['', '0', '-5', 'soon', 'NaN', 'Infinity', '1e999'])(
    'says “%s” when asked when to come back: then it is for us to choose',
    async (value) => {
      const answer = () => new Response(html, { status: 503, headers: { 'retry-after': value } })
      expect(((await asked(answer)) as SyncProblem).retryAfterMs).toBeUndefined()
    },
  )
})

describe('the backend’s own problems', () => {
  it.each(Object.entries(PROBLEMS))(
    '%s is read with its word on trying again',
    async (code, { status, retry }) => {
      const answer = () =>
        new Response(problemBody(code, status), { status, headers: { 'retry-after': '3' } })
      expect(await asked(answer)).toMatchObject({ code, mayRetry: retry, retryAfterMs: 3000 })
    },
  )

  it('are read by their code, whatever status a proxy put on them', async () => {
    const answer = () => new Response(problemBody('busy', 503), { status: 500 })
    expect(await asked(answer)).toMatchObject({ code: 'busy' })
  })
})

describe('what is sent', () => {
  it('goes to the API, as JSON, with the cookies of this origin and of no other, and says which wire is read', async () => {
    const sent: [string, RequestInit][] = []
    const transport = createTransport(async (path, init) => {
      sent.push([path, init])
      return new Response(null, { status: 204 })
    })
    await transport.post('/sync', { a: '绿' }, v.undefined())
    await transport.remove('/accounts/x', v.undefined())
    expect(sent.map(([path, { method, credentials, body }]) => [path, method, credentials, body])).toEqual([
      ['/api/v1/sync', 'POST', 'same-origin', '{"a":"绿"}'],
      ['/api/v1/accounts/x?wire=2', 'DELETE', 'same-origin', undefined],
    ])
    expect(new Headers(sent[0]?.[1].headers).get('content-type')).toBe('application/json')
    for (const [, init] of sent) expect(init.signal).toBeInstanceOf(AbortSignal)
  })
})

describe('the simulated message', () => {
  const smsWhen = (status: number, code: ProblemCode) =>
    createBackendApi(
      createTransport(async () => new Response(problemBody(code, status), { status })),
    ).demoSms('x')

  it('is undefined where the backend does not show it, and a problem when it cannot', async () => {
    expect(await smsWhen(404, 'not_found')).toBeUndefined()
    await expect(smsWhen(503, 'busy')).rejects.toBeInstanceOf(SyncProblem)
  })
})
