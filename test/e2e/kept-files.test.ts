/** The app's files on the phone: they come as one, are what the server has, and are all there though the one was cut short. */
import { createHash } from 'node:crypto'
import { createServer, type Server as HttpServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { APP_FILES_PATH } from '../../src/pwa/app-files.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

let server: Server
let line: HttpServer | undefined
let person: Person | undefined

beforeAll(async () => {
  server = await startServer()
})
afterEach(async () => {
  await person?.end()
  line?.closeAllConnections()
  line?.close()
})
afterAll(() => server?.end())

/** Between phone and server, noting what goes through; lets so many bytes of the one file pass. */
async function openLine(bytesOfOne = Number.POSITIVE_INFINITY): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  line = createServer((from, to) => {
    const { method, url: path = '', headers } = from
    asked.push(path)
    const there = request({ host: '127.0.0.1', port: server.port, method, path, headers }, (back) => {
      to.writeHead(back.statusCode ?? 502, back.headers)
      let passed = 0
      back.on('data', (piece: Buffer) => {
        passed += piece.length
        if (path === APP_FILES_PATH && passed > bytesOfOne) to.destroy()
        else to.write(piece)
      })
      back.on('end', () => to.end())
    })
    there.once('error', () => to.destroy())
    from.pipe(there)
  })
  await new Promise<void>((resolve) => line?.listen(0, '127.0.0.1', resolve))
  return { url: `http://localhost:${(line.address() as AddressInfo).port}`, asked }
}

interface Kept {
  readonly path: string
  readonly digest: string
  readonly type: string | null
  readonly policy: string | null
}

function keptBy({ page }: Person): Promise<Kept[]> {
  return page.evaluate(async () => {
    const name = (await caches.keys()).find((each) => each.includes('precache')) ?? ''
    const cache = await caches.open(name)
    return Promise.all(
      (await cache.keys()).map(async (key) => {
        const kept = await cache.match(key)
        const bytes = await crypto.subtle.digest('SHA-256', (await kept?.arrayBuffer()) ?? new ArrayBuffer())
        return {
          path: new URL(key.url).pathname,
          digest: Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join(''),
          type: kept?.headers.get('content-type') ?? null,
          policy: kept?.headers.get('content-security-policy') ?? null,
        }
      }),
    )
  })
}

async function served(path: string): Promise<Kept> {
  const answer = await fetch(server.url + path)
  const digest = createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex')
  const { headers } = answer
  return { path, digest, type: headers.get('content-type'), policy: headers.get('content-security-policy') }
}

it('come as one, and each is what the server has, with its kind and what it may do', async () => {
  const { url, asked } = await openLine()
  person = await Person.with(url)
  await person.choosesCity('潍坊')
  const kept = await keptBy(person)
  expect(kept.length).toBeGreaterThan(400)
  for (const file of kept) expect(file, file.path).toEqual(await served(file.path))
  expect(asked.filter((path) => path === APP_FILES_PATH)).toHaveLength(1)
  const single = asked.filter((path) => path.startsWith('/assets/'))
  expect(new Set(single).size, 'none twice').toBe(single.length)
  expect(single.length, 'what the first pages show').toBeLessThan(kept.length / 3)
})

it('are all there though the one was cut short: the rest comes one by one', async () => {
  const { url, asked } = await openLine(200_000)
  person = await Person.with(url)
  await person.choosesCity('潍坊')
  const kept = await keptBy(person)
  for (const file of kept) expect(file, file.path).toEqual(await served(file.path))
  const single = new Set(asked.filter((path) => path.startsWith('/assets/')))
  expect(single.size, 'the rest').toBeGreaterThan(kept.length / 3)
  expect(single.size, 'not what came whole').toBeLessThan(kept.length * 0.95)
})
