/**
 * Pictures of offers. A clerk brings one, and whoever works on offers sees it; everybody does, at an address that is its content, once a version
 * of an offer shows it.
 */
import type { PictureBrought } from '../../src/contract/desk/pictures.ts'
import { PICTURE_BYTES_MAX, type PictureFault, readPicture } from '../../src/domain/offers/picture.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { readBytes } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { useLimit } from '../http/rate-limit.ts'
import { insertPicture, readBroughtPicture, readPublicPicture } from '../storage/offer-pictures.ts'

const WANTED: Readonly<Record<PictureFault, string>> = {
  type: 'a JPEG or WebP that does not move',
  metadata: 'no metadata in it',
  pixels: 'sides of 160 to 800 pixels',
  shape: 'a square or lying picture, up to twice as wide as high',
  broken: 'a whole picture and nothing behind it',
}

/** Public it becomes with the version that shows it, which is an act of the office. Brought again, it is the same. */
export async function bringPicture(c: HttpContext, deps: Deps): Promise<PictureBrought> {
  const { operatorId } = await requireRole(c, deps, 'catalog')
  await useLimit(deps, deps.limits.picturesPerHour, operatorId)
  const bytes = await readBytes(c.req.raw, PICTURE_BYTES_MAX)
  const read = readPicture(bytes)
  // What the request says of its type is nobody's word: the bytes are asked.
  if ('fault' in read)
    throw new ProblemError('malformed', { detail: `picture: expected ${WANTED[read.fault]}` })
  const brought = { digest: sha256Hex(bytes), ...read }
  const base64 = Buffer.from(bytes).toString('base64')
  await insertPicture(deps.db, { ...brought, base64 }, deps.now())
  return brought
}

export async function showBroughtPicture(c: HttpContext, deps: Deps): Promise<Response> {
  await requireRole(c, deps, ['catalog', 'finance', 'approver'])
  const picture = await readBroughtPicture(deps.db, digestParam(c))
  if (!picture) throw new ProblemError('not_found')
  return pictureAnswer(picture, { 'cache-control': 'no-store' })
}

export async function showPicture(c: HttpContext, deps: Deps): Promise<Response> {
  const digest = digestParam(c)
  const etag = `"${digest}"`
  const headers = { etag, 'cache-control': 'public, max-age=31536000, immutable' }
  const picture = await readPublicPicture(deps.db, digest)
  if (!picture) throw new ProblemError('not_found')
  if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return pictureAnswer(picture, headers)
}

function pictureAnswer(
  { base64, type }: { base64: string; type: string },
  headers: Readonly<Record<string, string>>,
): Response {
  const own = {
    'content-type': type,
    // Opened by itself, it is a picture and nothing that could run.
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': 'inline',
  }
  return new Response(Buffer.from(base64, 'base64'), { headers: { ...headers, ...own } })
}

function digestParam(c: HttpContext): string {
  const digest = c.req.param('digest') ?? ''
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new ProblemError('not_found')
  return digest
}
