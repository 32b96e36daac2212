/** Answers in JSON or another text, with an ETag where the same thing is asked for again and again. */
import { createHash } from 'node:crypto'
import type { HttpContext } from './env.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

export function json(data: unknown): Response {
  return new Response(JSON.stringify(data), {
    headers: { 'content-type': JSON_TYPE, 'cache-control': 'no-store' },
  })
}

/** `identity`: what makes two answers the same, when it is not all of them (a time, for instance). */
export function taggedJson(c: HttpContext, data: unknown, identity: unknown = data): Response {
  return tagged(c, JSON.stringify(data), { type: JSON_TYPE, identity: JSON.stringify(identity) })
}

export function tagged(
  c: HttpContext,
  text: string,
  { type, identity = text }: { type: string; identity?: string },
): Response {
  const etag = `W/"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
  return underTag(etag, c, { text, type })
}

/** For what has a version by which the app knows it too. */
export function jsonUnder(etag: string, c: HttpContext, data: unknown): Response {
  return underTag(etag, c, { text: JSON.stringify(data), type: JSON_TYPE })
}

function underTag(etag: string, c: HttpContext, { text, type }: { text: string; type: string }): Response {
  const headers = { etag, 'cache-control': 'no-cache' }
  const known = (c.req.header('if-none-match') ?? '').split(',').map((each) => each.trim())
  if (known.includes(etag)) return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'content-type': type } })
}

/** 204 once it is done, with whatever cookies that dropped. */
export async function nothing(c: HttpContext, done: Promise<void>): Promise<Response> {
  await done
  return c.body(null, 204)
}
