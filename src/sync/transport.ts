/** The only fetch of the app's exchange. An answer, or a SyncProblem that says whether trying again may help. */
import * as v from 'valibot'
import { anyProblemSchema, codeOfStatus, PROBLEMS, type ProblemCode } from '../contract/problem.ts'
import { SECRET_HEADER } from '../contract/session.ts'
import { type Counted, readTolerantly } from '../contract/tolerant.ts'
import { WIRE } from '../contract/wire.ts'

/** `offline`: no answer at all. `unreadable`: an answer that is not in our language, e.g. a captive portal's page. */
export type TransportProblem = ProblemCode | 'offline' | 'unreadable'

export class SyncProblem extends Error {
  readonly code: TransportProblem
  readonly retryAfterMs: number | undefined

  constructor(code: TransportProblem, retryAfterMs?: number) {
    super(code)
    this.name = 'SyncProblem'
    this.code = code
    this.retryAfterMs = retryAfterMs
  }

  get mayRetry(): boolean {
    if (this.code === 'offline' || this.code === 'unreadable') return true
    return PROBLEMS[this.code].retry
  }
}

/** `undefined` value: what the caller holds under this etag still holds. */
export interface Tagged<T> {
  readonly value: Counted<T> | undefined
  readonly etag: string | undefined
}

export interface Transport {
  get<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<Counted<T>>
  post<T>(path: string, body: unknown, schema: v.GenericSchema<unknown, T>): Promise<T>
  remove<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T>
  /** Bytes as they are, of a media type. */
  put(path: string, body: { bytes: Uint8Array<ArrayBuffer>; type: string }): Promise<void>
  /** The same with an answer. */
  postBytes<T>(
    path: string,
    body: { bytes: Uint8Array<ArrayBuffer>; type: string },
    schema: v.GenericSchema<unknown, T>,
  ): Promise<T>
  /** A picture, for instance. */
  getBytes(path: string): Promise<Blob>
  /** Asks only for what is newer than `etag`. */
  getTagged<T>(
    path: string,
    schema: v.GenericSchema<unknown, T>,
    etag: string | undefined,
  ): Promise<Tagged<T>>
  /** The same for one account: its requests carry the secret that its ledger keeps, without which the cookie opens nothing. */
  of(accountId: string, secret?: () => Promise<string | undefined>): Transport
}

/** The secret of an account's session, where this phone holds one. */
type SecretOf = (accountId: string) => Promise<string | undefined>

interface TransportOptions {
  /** Makes a large body small; absent where the browser cannot. */
  readonly pack?: Pack | undefined
  readonly secretOf?: SecretOf
}

type Pack = (text: string) => Promise<Uint8Array<ArrayBuffer>>

/** Longer than the slowest honest answer on a bad line; shorter than a person's patience. */
const TIMEOUT_MS = 30_000

type Send = (path: string, init: RequestInit) => Promise<Response>

/** @param send `fetch`, or the backend itself in a test. */
export function createTransport(send: Send, options: TransportOptions = {}): Transport {
  return transportWith(send, options)
}

function transportWith(
  send: Send,
  options: TransportOptions,
  secret?: () => Promise<string | undefined>,
): Transport {
  const { pack, secretOf = async () => undefined } = options

  async function reach(path: string, init: RequestInit): Promise<Response> {
    const own = secret && (await secret())
    const headers = { ...init.headers, ...(own === undefined ? {} : { [SECRET_HEADER]: own }) }
    try {
      return await send(`/api/v1${init.method === 'POST' ? path : sayWire(path)}`, {
        ...init,
        headers,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch {
      throw new SyncProblem('offline')
    }
  }

  async function call<T>(
    path: string,
    init: RequestInit,
    schema: v.GenericSchema<unknown, T>,
  ): Promise<Counted<T>> {
    return readAnswer(await reach(path, init), schema)
  }
  return {
    get: (path, schema) => call(path, { method: 'GET' }, schema),
    post: async (path, body, schema) => call(path, await jsonInit(body, pack), schema),
    remove: (path, schema) => call(path, { method: 'DELETE' }, schema),
    put: (path, { bytes, type }) =>
      call(path, { method: 'PUT', headers: { 'content-type': type }, body: bytes }, v.undefined()),
    postBytes: (path, { bytes, type }, schema) =>
      call(path, { method: 'POST', headers: { 'content-type': type }, body: bytes }, schema),
    async getBytes(path) {
      const response = await reach(path, { method: 'GET' })
      if (!response.ok) throw problemOf(response, await readText(response))
      return response.blob().catch(() => {
        throw new SyncProblem('offline')
      })
    },
    of: (accountId, read = () => secretOf(accountId)) => transportWith(send, options, read),
    async getTagged(path, schema, etag) {
      const headers: Record<string, string> = etag === undefined ? {} : { 'if-none-match': etag }
      const response = await reach(path, { method: 'GET', headers })
      if (response.status === 304) return { value: undefined, etag }
      return { value: await readAnswer(response, schema), etag: response.headers.get('etag') ?? undefined }
    },
  }
}

/** A POST says it in its body. */
function sayWire(path: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}wire=${WIRE}`
}

async function readAnswer<T>(response: Response, schema: v.GenericSchema<unknown, T>): Promise<Counted<T>> {
  const text = await readText(response)
  if (!response.ok) throw problemOf(response, text)
  if (text === '') return emptyAnswer(schema)
  const answer = readTolerantly(schema, parseJson(text))
  if (answer === undefined) throw new SyncProblem('unreadable')
  return answer
}

/** 204, where that is what is expected. */
function emptyAnswer<T>(schema: v.GenericSchema<unknown, T>): Counted<T> {
  const result = v.safeParse(schema, undefined)
  if (!result.success) throw new SyncProblem('unreadable')
  return result.output as Counted<T>
}

/** Below this, gzip's own bytes and time are not worth it. */
const PACK_MIN_CHARS = 1024

async function jsonInit(body: unknown, pack: Pack | undefined): Promise<RequestInit> {
  const text = JSON.stringify(body)
  const headers = { 'content-type': 'application/json' }
  if (!pack || text.length < PACK_MIN_CHARS) return { method: 'POST', headers, body: text }
  return { method: 'POST', headers: { ...headers, 'content-encoding': 'gzip' }, body: await pack(text) }
}

/** The body may break off half-way: that is no answer. */
async function readText(response: Response): Promise<string> {
  try {
    return await response.text()
  } catch {
    throw new SyncProblem('offline')
  }
}

function problemOf(response: Response, text: string): SyncProblem {
  const retryAfter = Number(response.headers.get('retry-after'))
  const retryAfterMs = Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter * 1000 : undefined
  const parsed = v.safeParse(anyProblemSchema, parseJson(text))
  const code = parsed.success ? knownCode(parsed.output) : undefined
  if (code) return new SyncProblem(code, retryAfterMs)
  // A gateway in between answers in HTML: only the status speaks.
  if (response.status === 413) return new SyncProblem('too_large')
  if (response.status === 429) return new SyncProblem('too_many_requests', retryAfterMs)
  return new SyncProblem(response.status >= 500 ? 'busy' : 'unreadable', retryAfterMs)
}

/** Ours, or what its status means where a later backend has a code of its own. */
function knownCode({ code, status }: { code: string; status: number }): ProblemCode | undefined {
  return code in PROBLEMS ? (code as ProblemCode) : codeOfStatus(status)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
