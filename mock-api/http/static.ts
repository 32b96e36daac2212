/** The built app, from memory: each file packed, read or made once when it is first asked for, and named by content, so that a phone downloads it once. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { HttpContext } from './env.ts'
import { typeOf } from './file-types.ts'
import { contentPolicy } from './headers.ts'
import { digestOf, ENCODINGS, type Encoding, findPacked, isPackable, PACKED_FOLDER } from './packed.ts'

interface Asset {
  readonly path: string
  readonly type: string
  readonly etag: string
  readonly body: Buffer<ArrayBuffer>
  /** Under way or done. */
  readonly packed: Map<Encoding, Promise<Buffer<ArrayBuffer>>>
  readonly policy?: string
}

/** Undefined: nothing of it has this address. */
export type Site = (c: HttpContext) => Promise<Response> | undefined

/** Undefined: nothing was built there. */
export function openSite(folder: string): Site | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined
  const assets = new Map(
    filesIn(folder).map((file) => [urlOf(folder, file), assetOf(urlOf(folder, file), file)]),
  )
  return (c) => {
    const asset = find(assets, c)
    return asset && answer(asset, { c, folder })
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.parentPath !== join(folder, PACKED_FOLDER))
    .map((entry) => join(entry.parentPath, entry.name))
}

function urlOf(folder: string, file: string): string {
  return `/${relative(folder, file).split(sep).join('/')}`
}

function assetOf(path: string, file: string): Asset {
  const body = readFileSync(file)
  return {
    path,
    type: typeOf(file),
    etag: `"${digestOf(body)}"`,
    body,
    packed: new Map(),
    ...(extname(file) === '.html' ? { policy: policyFor(body.toString('utf8')) } : {}),
  }
}

/** What stands inside the page itself is allowed by its hash, so that nothing else inline ever is. */
function policyFor(html: string): string {
  const inside = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}(?![^>]*\\ssrc=)[^>]*>([^]*?)</${tag}>`, 'g'))].map(
      ([, text = '']) => `sha256-${createHash('sha256').update(text).digest('base64')}`,
    )
  return contentPolicy({ scripts: inside('script'), styles: inside('style') })
}

function find(assets: ReadonlyMap<string, Asset>, c: HttpContext): Asset | undefined {
  const path = decoded(c.req.path)
  return assets.get(path) ?? (isNavigation(c, path) ? assets.get(pageOf(path)) : undefined)
}

/** The desk's pages are a build of their own. */
function pageOf(path: string): string {
  return /^\/ops(\/|$)/.test(path) ? '/ops/ops.html' : '/index.html'
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Addresses inside the app are the app's to answer; a missing file stays missing, or a broken image would be a page. */
function isNavigation(c: HttpContext, path: string): boolean {
  return path === '/' || (extname(path) === '' && (c.req.header('accept') ?? '').includes('text/html'))
}

async function answer(asset: Asset, { c, folder }: { c: HttpContext; folder: string }): Promise<Response> {
  const headers = new Headers({
    'content-type': asset.type,
    etag: asset.etag,
    vary: 'accept-encoding',
    // Built files carry a hash in their name; everything else is asked for again, which costs a 304.
    'cache-control': /^(\/ops)?\/assets\//.test(asset.path)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
  })
  if (asset.policy) headers.set('content-security-policy', asset.policy)
  if (c.req.header('if-none-match') === asset.etag) return new Response(null, { status: 304, headers })
  const encoding = encodingFor(asset, c.req.header('accept-encoding') ?? '')
  if (!encoding) return new Response(asset.body, { headers })
  headers.set('content-encoding', encoding)
  return new Response(await packedOnce(asset, { encoding, folder }), { headers })
}

function encodingFor({ path, body }: Asset, accepted: string): Encoding | undefined {
  if (!isPackable(path, body)) return undefined
  return ENCODINGS.find((encoding) => accepted.includes(encoding))
}

function packedOnce(
  { packed, body }: Asset,
  { encoding, folder }: { encoding: Encoding; folder: string },
): Promise<Buffer<ArrayBuffer>> {
  const bytes = packed.get(encoding) ?? findPacked(folder, body, encoding)
  packed.set(encoding, bytes)
  return bytes
}
