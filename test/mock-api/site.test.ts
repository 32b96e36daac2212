/** The built app as it is served: packed, named by content, under a policy that lets nothing inline through unseen. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpEnv } from '../../mock-api/http/env.ts'
import { PACKED_FOLDER, packedPath } from '../../mock-api/http/packed.ts'
import { openSite } from '../../mock-api/http/static.ts'

const html = `<!doctype html><style>p{color:red}</style><script>boot()</script><script type="module" src="/assets/a.js"></script>${'<p>绿迹</p>'.repeat(100)}`

describe('site', () => {
  let folder = ''
  let get: (path: string, headers?: Record<string, string>) => Promise<Response>
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'greentrace-site-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), html)
    writeFileSync(join(folder, 'sw.js'), 'self.x = 1')
    writeFileSync(join(folder, 'assets/a.js'), 'globalThis.ride = 1\n'.repeat(100))
    writeFileSync(join(folder, 'assets/large.css'), 'p{color:green}\n'.repeat(22_000))
    writeFileSync(join(folder, 'assets/p.png'), Buffer.alloc(2000))
    const site = openSite(folder)
    const app = new Hono<HttpEnv>()
    app.notFound((c) => site?.(c) ?? new Response('', { status: 404 }))
    get = async (path, headers = {}) => app.request(path, { headers })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('packs text by what the browser takes', async () => {
    const body = async (response: Response) => Buffer.from(await response.arrayBuffer())
    const brotli = await get('/', { 'accept-encoding': 'gzip, deflate, br, zstd' })
    expect(brotli.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(await body(brotli)).toString()).toBe(html)
    const gzip = await get('/assets/a.js', { 'accept-encoding': 'gzip' })
    expect(gunzipSync(await body(gzip)).toString()).toContain('globalThis.ride')
    expect(gzip.headers.get('vary')).toBe('accept-encoding')
    expect((await get('/')).headers.get('content-encoding')).toBeNull()
    expect(
      (await get('/assets/p.png', { 'accept-encoding': 'br' })).headers.get('content-encoding'),
    ).toBeNull()
  })

  it('packs a file for whoever asks first, however many ask at once', async () => {
    const asked = Array.from({ length: 8 }, () => get('/assets/large.css', { 'accept-encoding': 'br' }))
    for (const response of await Promise.all(asked)) {
      expect(response.headers.get('content-encoding')).toBe('br')
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(bytes.length).toBeLessThan(2000)
      expect(brotliDecompressSync(bytes).length).toBe(330_000)
    }
  })

  it('gives what the build has packed, and packs what has changed since', async () => {
    const [path, body] = ['/assets/b.js', Buffer.from('globalThis.walk = 1\n'.repeat(100))]
    const asked = async () => {
      writeFileSync(join(folder, path), body)
      const site = openSite(folder)
      const app = new Hono<HttpEnv>()
      app.notFound((c) => site?.(c) ?? new Response('', { status: 404 }))
      const response = await app.request(path, { headers: { 'accept-encoding': 'br' } })
      return Buffer.from(await response.arrayBuffer())
    }
    const built = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })
    mkdirSync(join(folder, PACKED_FOLDER))
    writeFileSync(packedPath(folder, body), built)
    expect(await asked()).toEqual(built)
    body.write('// ')
    expect(brotliDecompressSync(await asked())).toEqual(body)
    expect((await get(packedPath('', body))).status).toBe(404)
  })

  it('keeps what carries its hash for ever, and asks again for the rest', async () => {
    expect((await get('/assets/a.js')).headers.get('cache-control')).toContain('immutable')
    for (const path of ['/', '/sw.js', '/index.html']) {
      const response = await get(path)
      expect(response.headers.get('cache-control')).toBe('no-cache')
      const known = await get(path, { 'if-none-match': response.headers.get('etag') ?? '' })
      expect(known.status).toBe(304)
    }
  })

  it('answers addresses inside the app with the page, and a missing file with 404', async () => {
    const navigation = { accept: 'text/html,*/*' }
    expect((await get('/ledger/12', navigation)).headers.get('content-type')).toContain('text/html')
    expect((await get('/ledger/12', { accept: 'application/json' })).status).toBe(404)
    expect((await get('/assets/gone.js', navigation)).status).toBe(404)
    expect((await get('/../package.json', navigation)).status).toBe(404)
    expect((await get('/%E0%A4%A', navigation)).status).toBe(200)
  })

  it('allows what stands inside the page by its hash, and nothing else', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'; style-src 'self' 'sha256-[^']+'/)
    expect(policy).not.toContain('unsafe')
  })

  it('is absent where nothing was built', () => {
    expect(openSite(join(folder, 'assets'))).toBeUndefined()
  })
})
