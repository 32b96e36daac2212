/** Over HTTP: whatever comes is answered with a problem of RFC 9457, and the account is as it was. Never a throw, never a 500. */
import fc from 'fast-check'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BATCH_BYTES_MAX, BATCH_COMMANDS_MAX } from '../../src/contract/limits.ts'
import { PROBLEMS, problemSchema } from '../../src/contract/problem.ts'
import { codeRequestSchema, signInAnswerSchema, signInRequestSchema } from '../../src/contract/session.ts'
import { syncAnswerSchema, syncRequestSchema } from '../../src/contract/sync.ts'
import { START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { odd, wrong } from './arbitraries.ts'

let backend: Backend
let client: Client
beforeAll(async () => {
  const many = { max: 1_000_000, windowMs: 60_000 }
  backend = await startBackend({
    limits: { syncsPerSession: { ...many, name: 'syncs' }, codesPerMinute: { ...many, name: 'codes' } },
  })
  client = await signIn(backend)
})
afterAll(() => backend.close())

async function expectProblem(response: Response): Promise<number> {
  const text = await response.text()
  expect(response.headers.get('content-type'), text).toBe('application/problem+json')
  const problem = v.parse(problemSchema, JSON.parse(text))
  expect(problem.status).toBe(response.status)
  expect(PROBLEMS[problem.code].status).toBe(response.status)
  expect(problem.type).toBe(`urn:greentrace:problem:${problem.code}`)
  expect(response.status, text).toBeLessThan(500)
  return response.status
}

const exchange = () => ({ accountId: client.accountId, cursor: START, sentAt: backend.now(), commands: [] })
const syncWith = (body: unknown) => client.call('POST', '/api/v1/sync', body)

describe('an exchange that is none', () => {
  it.each(['accountId', 'cursor', 'sentAt', 'commands'])(
    'with something else as %s is answered as before or with a problem',
    async (member) => {
      await fc.assert(
        fc.asyncProperty(wrong, async (value) => {
          const response = await syncWith({ ...exchange(), [member]: value })
          if (response.ok) v.parse(syncAnswerSchema, await response.json())
          else expect([400, 401, 413]).toContain(await expectProblem(response))
        }),
        { numRuns: 60 },
      )
    },
  )

  it('with one member more is malformed, whatever the member is called', async () => {
    await fc.assert(
      fc.asyncProperty(odd, async (name) => {
        const text = JSON.stringify(exchange()).replace('{', `{${JSON.stringify(name)}:1,`)
        expect(await expectProblem(await syncWith(text))).toBe(400)
      }),
    )
  })

  it('leaves the account as it was', async () => {
    const { records, lastSeq } = await client.sync()
    expect([records.length, lastSeq]).toEqual([0, 0])
  })

  it('puts off whatever stands where commands should, and answers each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 20 }),
        async (texts) => {
          const { receipts } = await client.sync(texts)
          expect(receipts.map(({ outcome }) => outcome)).toEqual(texts.map(() => 'deferred'))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('with commands of more bytes than agreed is too large, and just as many are taken', async () => {
    const text = 'x'.repeat(BATCH_BYTES_MAX / 2)
    expect((await client.sync([text, text])).receipts).toHaveLength(2)
    expect(await expectProblem(await syncWith({ ...exchange(), commands: [text, `${text}绿`] }))).toBe(413)
  })

  it('that never ends is cut off', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024
        controller.enqueue(new Uint8Array(64 * 1024).fill(32))
      },
    })
    const init = { method: 'POST', headers: { cookie: client.cookie }, body, duplex: 'half' }
    const response = await backend.fetch(
      new Request('http://localhost:4173/api/v1/sync', init as RequestInit),
    )
    expect(await expectProblem(response)).toBe(413)
    expect(sent).toBeLessThan(3 * 1024 * 1024)
  })

  it.each([
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ['UTF-16', new Uint8Array(new Uint16Array([0x7b, 0x7d]).buffer)],
    ['lists, half a million deep', new TextEncoder().encode('['.repeat(500_000) + ']'.repeat(500_000))],
    [
      'objects, a hundred thousand deep',
      new TextEncoder().encode(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
    ],
    ['a form', new TextEncoder().encode('phone=13812345678')],
  ])('in %s is malformed', async (_what, body) => {
    const init = { method: 'POST', headers: { cookie: client.cookie }, body: new Uint8Array(body) }
    const response = await backend.fetch(new Request('http://localhost:4173/api/v1/sync', init))
    expect(await expectProblem(response)).toBe(400)
  })
})

describe('signing in with something else', () => {
  const form = {
    phone: '13800009999',
    code: '123456',
    deviceId: '11111111-1111-4111-8111-111111111111',
    deviceName: 'x',
    city: 'jinan',
  }

  it.each(Object.keys(form))('as %s is a problem', async (member) => {
    await fc.assert(
      fc.asyncProperty(wrong, async (value) => {
        const body = { ...form, [member]: value }
        const response = await call(backend, { method: 'POST', path: '/api/v1/sign-in', body })
        expect([400, 403, 413]).toContain(await expectProblem(response))
      }),
      { numRuns: 40 },
    )
  })

  it('as a phone, numbers as numbers and in other scripts too, is a problem', async () => {
    for (const phone of [
      13812345678,
      '１３８12345678',
      '13812345678\n',
      '+8613812345678',
      ['13812345678'],
      null,
    ]) {
      const response = await call(backend, { method: 'POST', path: '/api/v1/sign-in/codes', body: { phone } })
      expect(await expectProblem(response), String(phone)).toBe(400)
    }
  })
})

describe('addresses that lead nowhere', () => {
  it.each([
    ['GET', '/api/v1/accounts/__proto__/devices', 404],
    ['GET', '/api/v1/accounts/%00/devices', 404],
    ['GET', `/api/v1/accounts/${'x'.repeat(5000)}/devices`, 404],
    ['GET', '/api/v1/accounts/11111111-1111-4111-8111-111111111111/devices', 401],
    ['DELETE', '/api/v1/accounts/11111111-1111-4111-8111-111111111111', 401],
    ['DELETE', "/api/v1/accounts/' or 1=1 --", 404],
    ['PUT', '/api/v1/sync', 404],
    ['GET', '/api/v1/sync', 404],
    ['GET', '/api/v1/demo/sms?phone[]=13812345678', 404],
    ['GET', '/api/v1/%E0%A4%A', 404],
  ])('%s %s is a problem', async (method, path, status) => {
    expect(await expectProblem(await client.call(method, path))).toBe(status)
  })

  it('cookies that are none are not signed in', async () => {
    const name = client.cookie.split('=')[0]
    for (const cookie of [
      `${name}=`,
      `${name}=%00`,
      `${name}=${'x'.repeat(8000)}`,
      '=;=;',
      `${name}=__proto__`,
    ]) {
      const request = { method: 'POST', path: '/api/v1/sync', body: exchange(), headers: { cookie } }
      expect(await expectProblem(await call(backend, request))).toBe(401)
    }
  })
})

describe('an answer that is none', () => {
  const schemas = {
    syncAnswerSchema,
    signInAnswerSchema,
    syncRequestSchema,
    signInRequestSchema,
    codeRequestSchema,
  }

  it.each(Object.entries(schemas))('is not read by %s, and nothing is thrown', (_name, schema) => {
    fc.assert(
      fc.property(fc.oneof(wrong, fc.object()), (value) => {
        expect(v.safeParse(schema, value).success).toBe(false)
      }),
    )
  })

  it('a page of more records than agreed is not read', () => {
    const record = { seq: 1, body: '{}', hash: 'f'.repeat(64) }
    const page = { state: 'ok', receipts: [], head: 'x', lastSeq: 1, hasMore: false, now: 1 }
    const read = (count: number) =>
      v.safeParse(syncAnswerSchema, { ...page, records: Array.from({ length: count }, () => record) }).success
    expect([read(1000), read(1001)]).toEqual([true, false])
  })

  it('a problem of a code that this app does not know is not read as one that it does', () => {
    for (const code of ['payment_required', '__proto__', 'toString', 7, null, undefined])
      expect(v.safeParse(problemSchema, { type: 'x', title: 'x', status: 402, code }).success).toBe(false)
    const later = { type: 'x', title: 'x', status: 503, code: 'busy', instance: '/x' }
    expect(v.parse(problemSchema, later)).toEqual(later)
  })

  it('a batch of more commands than agreed is not even a request', () => {
    const commands = Array.from({ length: BATCH_COMMANDS_MAX + 1 }, () => 'x')
    expect(v.safeParse(syncRequestSchema, { ...exchange(), commands }).success).toBe(false)
  })
})
