/**
 * The desk's requests. Each that changes something has an id of its own, so that an answer that was lost can be asked for again; one that wants
 * the passkey's word once more gets it, and then goes on by itself.
 */
import * as v from 'valibot'
import { anyProblemSchema, codeOfStatus, PROBLEMS, type ProblemCode } from '../contract/problem.ts'

export class DeskProblem extends Error {
  readonly code: ProblemCode | 'offline'
  /** For whoever mends the form: which member, and what was expected. */
  readonly detail: string | undefined

  constructor(code: ProblemCode | 'offline', detail?: string) {
    super(code)
    this.code = code
    this.detail = detail
  }
}

export interface DeskApi {
  get<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T>
  /** Without a schema: nothing is answered. */
  send<T = undefined>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    schema?: v.GenericSchema<unknown, T>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<T>
  /** What is no JSON. */
  bytes(path: string): Promise<Blob>
  sendBytes<T>(path: string, bytes: Blob, schema: v.GenericSchema<unknown, T>): Promise<T>
}

interface Outside {
  readonly reach: (path: string, init: RequestInit) => Promise<Response>
  readonly newId: () => string
  /** Asks for the passkey. False: not given. */
  readonly stepUp: () => Promise<boolean>
  /** The session is over. */
  readonly signedOut: () => void
}

const BASE = '/api/v1/ops'
/** Pictures of offers that were brought, shown to the desk before they are public: by their digest behind it. */
export const BROUGHT_PATH = `${BASE}/pictures/`

export function createDeskApi({ reach, newId, stepUp, signedOut }: Outside): DeskApi {
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    let response: Response
    try {
      // What everybody may read has its address from the root.
      const address = path.startsWith('/api/') ? path : `${BASE}${path}`
      response = await reach(address, { ...init, credentials: 'same-origin' })
    } catch {
      throw new DeskProblem('offline')
    }
    if (response.ok) return response
    const problem = await problemIn(response)
    if (problem.code === 'not_signed_in') signedOut()
    throw problem
  }
  const asked = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await ask(path, init)
    } catch (error) {
      const isStepUp = error instanceof DeskProblem && error.code === 'step_up_needed'
      if (!isStepUp || !(await stepUp())) throw error
      return ask(path, init)
    }
  }
  /** Whether it was done, nobody has heard: said again, it is the same request. */
  const unheard = new Map<string, string>()
  return {
    get: async (path, schema) => read(schema, await (await asked(path, { method: 'GET' })).json()),
    async send<T>(
      method: string,
      path: string,
      body?: unknown,
      schema?: v.GenericSchema<unknown, T>,
      more: Readonly<Record<string, string>> = {},
    ) {
      const text = body === undefined ? null : JSON.stringify(body)
      const request = `${method} ${path} ${text}`
      const id = unheard.get(request) ?? newId()
      const headers = { 'idempotency-key': id, ...(body === undefined ? {} : JSON_TYPE), ...more }
      unheard.set(request, id)
      const response = await asked(path, { method, headers, body: text }).catch((error: unknown) => {
        if (!isUnheard(error)) unheard.delete(request)
        throw error
      })
      unheard.delete(request)
      return (schema ? read(schema, await response.json()) : undefined) as T
    },
    bytes: async (path) => (await asked(path, { method: 'GET' })).blob(),
    async sendBytes(path, bytes, schema) {
      const headers = { 'content-type': bytes.type }
      return read(schema, await (await asked(path, { method: 'POST', headers, body: bytes })).json())
    },
  }
}

/** It may have been done all the same, or goes on once it is said again. */
function isUnheard(error: unknown): boolean {
  return (
    error instanceof DeskProblem &&
    (error.code === 'offline' || error.code === 'busy' || error.code === 'internal')
  )
}

const JSON_TYPE = { 'content-type': 'application/json' }

function read<T>(schema: v.GenericSchema<unknown, T>, data: unknown): T {
  const result = v.safeParse(schema, data)
  // The page is as old as its load: a newer backend may answer more.
  if (!result.success) throw new DeskProblem('malformed')
  return result.output
}

async function problemIn(response: Response): Promise<DeskProblem> {
  const data: unknown = await response.json().catch(() => undefined)
  const { code, detail } = v.is(anyProblemSchema, data) ? data : {}
  const known = code !== undefined && Object.hasOwn(PROBLEMS, code) ? (code as ProblemCode) : undefined
  return new DeskProblem(known ?? codeOfStatus(response.status) ?? 'internal', detail)
}
