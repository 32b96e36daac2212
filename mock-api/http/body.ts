/** A request's JSON, within a limit before and after unpacking, and of the shape that was agreed. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import * as v from 'valibot'
import type { HttpContext } from './env.ts'
import { ProblemError } from './problem.ts'

const unpack = promisify(gunzip)

export async function readJson<Schema extends v.GenericSchema>(
  c: HttpContext,
  schema: Schema,
  bytesMax: number,
): Promise<v.InferOutput<Schema>> {
  const raw = await readBytes(c.req.raw, bytesMax)
  const encoding = c.req.header('content-encoding') ?? 'identity'
  const bytes = encoding === 'identity' ? raw : await unpacked(raw, encoding, bytesMax)
  const result = v.safeParse(schema, parsed(bytes))
  if (result.success) return result.output
  const [issue] = result.issues
  // The place of the fault helps whoever writes a client; the value could be personal. A check of ours says in words what it wants.
  const wanted = issue.type === 'check' ? issue.message : issue.expected
  throw new ProblemError('malformed', { detail: `${v.getDotPath(issue) ?? 'body'}: expected ${wanted}` })
}

/** A request's bytes as they are. Throws `too_large`. */
export async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw new ProblemError('too_large')
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > bytesMax) throw new ProblemError('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
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
