/**
 * Node's server, with an end to its patience: a header, a body or a reader that stands still is cut off, and so is one that dribbles on for
 * ever. What happened is logged as what it was.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { serve } from '@hono/node-server'
import { MINUTE_MS, SECOND_MS } from '../../src/domain/base/time.ts'
import type { Log } from '../base/log.ts'

export interface Patience {
  /** Until a request's header must have come. */
  readonly headerMs: number
  /** Without a byte in either direction, while the line is the other side's to fill. */
  readonly idleMs: number
  /** Until a whole request must have come. */
  readonly requestMs: number
  /** How often the two overall times are looked at. */
  readonly checkMs: number
}

/** A phone on the edge of its network pauses for seconds; a photo of 400 kB at 2 kB a second still arrives. */
export const PATIENCE: Patience = {
  headerMs: 30 * SECOND_MS,
  idleMs: 30 * SECOND_MS,
  requestMs: 5 * MINUTE_MS,
  checkMs: 5 * SECOND_MS,
}

type Fetch = Parameters<typeof serve>[0]['fetch']

export function listen(
  fetch: Fetch,
  place: { readonly port: number; readonly host: string; readonly log: Log; readonly patience?: Patience },
): Promise<Server> {
  const { port, host, log, patience = PATIENCE } = place
  return new Promise((resolve, reject) => {
    const serverOptions = {
      headersTimeout: patience.headerMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: patience.checkMs,
    }
    const server = serve({ fetch, port, hostname: host, createServer, serverOptions }, () =>
      resolve(server),
    ) as Server
    server.once('error', reject)
    watchLines(server, patience, log)
  })
}

/** Lines that were cut off here, so that the route that was reading from one can tell. */
const cutOff = new WeakSet<Socket>()

export function wasCutOff(incoming: IncomingMessage | undefined): boolean {
  return incoming !== undefined && cutOff.has(incoming.socket)
}

function watchLines(server: Server, { idleMs }: Patience, log: Log): void {
  const latest = new WeakMap<Socket, { request: IncomingMessage; response: ServerResponse }>()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, { request, response })
  })
  server.setTimeout(idleMs, (socket: Socket) => {
    const known = latest.get(socket)
    const isOurTurn = known?.request.complete && !known.response.headersSent
    if (!isOurTurn) cut(socket, 408, known?.response.headersSent ?? false)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket
    const status = STATUS_OF[error.code ?? ''] ?? 400
    // A line that broke is nobody's fault; whoever was reading from it says so.
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const known = latest.get(socket)
    // A request that has reached its route is logged there.
    if (!known || known.request.complete)
      log('info', 'connection', { why: status === 408 ? 'timed out' : 'malformed', status })
    cut(socket, status, known?.response.headersSent ?? false)
  })
}

const STATUS_OF: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

/** Said once, where nothing else was said before. */
function cut(socket: Socket, status: number, isAnswered: boolean): void {
  if (status === 408) cutOff.add(socket)
  if (socket.writable && !isAnswered)
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`)
  socket.destroy()
}
