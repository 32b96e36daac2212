/** A request's JSON, within its bounds before and after unpacking, and of the shape that was agreed. The first fault ends the reading. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import * as v from 'valibot'
import type { HttpContext } from './env.ts'
import { type Bounds, checkBounds } from './json-bounds.ts'
import { ProblemError } from './problem.ts'

const unpack = promisify(gunzip)

/** A form nests three or four deep. */
const DEPTH_MAX = 8
/** An alert in two languages with its areas and parameters has some hundred. */
const VALUES_MAX = 1000
/** A place or a name of a member is told back to whoever writes a client; what a stranger put there is not, at length. */
const DETAIL_MAX = 120

/** The body ended before its end: the client is gone, or was cut off because it sent nothing more. */
export class BodyBrokenError extends Error {
  override readonly name = 'BodyBrokenError'
}

/** `limits`: bytes alone, for a form; or with bounds of its own. */
export async function readJson<Schema extends v.GenericSchema>(
  c: HttpContext,
  schema: Schema,
  limits: number | (Partial<Bounds> & { readonly bytes: number }),
): Promise<v.InferOutput<Schema>> {
  const bounds = {
    depth: DEPTH_MAX,
    values: VALUES_MAX,
    ...(typeof limits === 'number' ? { bytes: limits } : limits),
  }
  const raw = await readBytes(c.req.raw, bounds.bytes)
  const encoding = (c.req.header('content-encoding') ?? 'identity').trim().toLowerCase()
  const bytes = encoding === 'identity' ? raw : await unpacked(raw, encoding, bounds.bytes)
  checkBounds(bytes, bounds)
  const result = v.safeParse(schema, parsed(bytes), { abortEarly: true, abortPipeEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  // The place of the fault helps whoever writes a client; the value could be personal.
  throw new ProblemError('malformed', {
    detail: `${v.getDotPath(issue) ?? 'body'}: expected ${issue.expected}`.slice(0, DETAIL_MAX),
  })
}

/** A request's bytes as they are. Throws `too_large`. */
export async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw new ProblemError('too_large')
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunksOf(request)) {
    size += chunk.length
    if (size > bytesMax) throw new ProblemError('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Whatever a broken line throws, under every runtime, is one thing. */
async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* request.body ?? []
  } catch {
    throw new BodyBrokenError()
  }
}

async function unpacked(bytes: Uint8Array, encoding: string, bytesMax: number): Promise<Uint8Array> {
  if (encoding !== 'gzip') throw new ProblemError('malformed', { detail: 'content-encoding: gzip or none' })
  try {
    return await unpack(bytes, { maxOutputLength: bytesMax })
  } catch (error) {
    const isTooLarge = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? new ProblemError('too_large') : new ProblemError('malformed', { detail: 'not gzip' })
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new ProblemError('malformed', { detail: 'not JSON' })
  }
}
