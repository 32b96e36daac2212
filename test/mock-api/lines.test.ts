/** Lines that stand still, dribble or break, over real sockets: closed in time, logged as what they were, and nobody else notices. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { listen, PATIENCE } from '../../mock-api/http/serve.ts'
import { createApp } from '../../mock-api/start/app.ts'
import { MINUTE_MS, SECOND_MS } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'

/** As in life, a hundred times faster. */
const patience = { headerMs: 800, idleMs: 800, requestMs: 2500, checkMs: 50 }

let backend: Backend
let server: Server
let port = 0
const lines: { level: string; event: string; [name: string]: unknown }[] = []

beforeAll(async () => {
  backend = await startBackend({
    samples: false,
    log: (level, event, fields) => lines.push({ level, event, ...fields }),
  })
  const app = createApp(backend.deps)
  server = await listen(app.fetch, { port: 0, host: '127.0.0.1', log: backend.deps.log, patience })
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await backend.close()
})
afterEach(() => lines.splice(0))

async function open(
  first: string,
): Promise<{ socket: Socket; ended: Promise<{ said: string; ms: number }> }> {
  const socket = connect(port, '127.0.0.1')
  const from = performance.now()
  let said = ''
  socket.on('data', (data) => {
    said += data.toString()
  })
  socket.on('error', () => undefined) // a line that is cut is what this is about
  // Not `once`, which an error ends as well: the line that is cut is what this is about.
  const ended = new Promise<{ said: string; ms: number }>((resolve) =>
    socket.on('close', () => resolve({ said, ms: performance.now() - from })),
  )
  await once(socket, 'connect')
  socket.write(first)
  return { socket, ended }
}

const HEAD = 'POST /api/v1/sign-in/codes HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'

/** A byte each so often, until the other side has had enough. */
async function dribble(socket: Socket, everyMs: number): Promise<void> {
  while (!socket.destroyed) {
    socket.write('x')
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

describe('a line', () => {
  it('waits half a minute for a byte and five minutes for the whole', () => {
    expect(PATIENCE).toMatchObject({
      headerMs: 30 * SECOND_MS,
      idleMs: 30 * SECOND_MS,
      requestMs: 5 * MINUTE_MS,
    })
  })

  it('without a byte of its body is closed and logged as timed out', async () => {
    const { ended } = await open(`${HEAD}content-length: 500\r\n\r\n{"phone":`)
    const { said, ms } = await ended
    expect(said).toMatch(/^HTTP\/1\.1 408 /)
    expect(ms).toBeLessThan(10_000)
    await expect
      .poll(() => lines)
      .toEqual([expect.objectContaining({ level: 'info', event: 'request', why: 'timed out', status: 408 })])
  })

  it('that dribbles a body for ever is closed by the time of the whole', async () => {
    const { socket, ended } = await open(`${HEAD}content-length: 500\r\n\r\n`)
    void dribble(socket, 100)
    const { ms } = await ended
    expect(ms).toBeGreaterThan(1200)
    expect(ms).toBeLessThan(10_000)
    await expect.poll(() => lines.map(({ why, status }) => [why, status])).toEqual([['timed out', 408]])
  })

  it('that dribbles a header for ever is closed too', async () => {
    const { socket, ended } = await open('POST /api/v1/sync HTTP/1.1\r\nx-slow: ')
    void dribble(socket, 100)
    const { said, ms } = await ended
    expect(said).toMatch(/^HTTP\/1\.1 408 /)
    expect(ms).toBeLessThan(10_000)
    await expect
      .poll(() => lines)
      .toEqual([expect.objectContaining({ event: 'connection', why: 'timed out', status: 408 })])
  })

  it('that says nothing at all is closed', async () => {
    const { ended } = await open('')
    expect((await ended).ms).toBeLessThan(10_000)
  })

  it('on which a body goes on after its answer is closed', async () => {
    const { socket, ended } = await open(
      'POST /api/v1/nothing HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n',
    )
    void dribble(socket, 50)
    const { said } = await ended
    expect(said).toMatch(/^HTTP\/1\.1 (400|404) /)
  })

  it('that the client gives up is logged as that, not as a fault of ours', async () => {
    const { socket, ended } = await open(`${HEAD}content-length: 500\r\n\r\n{"phone":`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    await ended
    await expect
      .poll(() => lines)
      .toEqual([
        expect.objectContaining({ level: 'info', event: 'request', why: 'client aborted', status: 499 }),
      ])
  })

  it('does not keep others from being answered, and a slow answer of ours is not cut', async () => {
    const { ended } = await open(`${HEAD}content-length: 500\r\n\r\n{"phone":`)
    const { fetch } = createApp(backend.deps)
    const slow = await listen(
      async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 3 * patience.idleMs))
        return fetch(request)
      },
      { port: 0, host: '127.0.0.1', log: backend.deps.log, patience },
    )
    const address = slow.address()
    const slowPort = typeof address === 'object' && address ? address.port : 0
    expect((await globalThis.fetch(`http://127.0.0.1:${port}/api/v1/health`)).status).toBe(200)
    expect((await globalThis.fetch(`http://127.0.0.1:${slowPort}/api/v1/health`)).status).toBe(200)
    slow.closeAllConnections()
    slow.close()
    await ended
  })
})
