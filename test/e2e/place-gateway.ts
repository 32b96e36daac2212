/**
 * A gateway before the server that gives the page a receiver of places and a clock of the test's own, for browsers whose drivers have none. Both
 * come with the page, also out of the worker's cache, so that a page that is loaded anew has them before the app looks.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { freePort, type Server } from '../support/server.ts'

const SCRIPT = '/test-receiver.js'

/**
 * `tell(lat, lon, ms)`: the clock goes on, and where it then is, whoever listens hears of the place. `gt-now`: what the clock says, in ms; from then
 * on it stands still between, so that a machine under load makes no gap. Without it, the clock is the machine's. `troubles()`: what went wrong in
 * the page that nobody caught.
 */
const RECEIVER = `(() => {
  const real = Date.now.bind(Date)
  const set = () => Number(localStorage.getItem('gt-now') ?? 0)
  Date.now = () => set() || real()
  const heard = new Map()
  let next = 1
  const geolocation = {
    watchPosition: (fix) => (heard.set(next, fix), next++),
    clearWatch: (id) => heard.delete(id),
    getCurrentPosition: (_fix, trouble) => trouble({ code: 2 }),
  }
  Object.defineProperty(Navigator.prototype, 'geolocation', { get: () => geolocation })
  window.listeners = () => heard.size
  const troubles = []
  window.troubles = () => troubles
  addEventListener('error', ({ message }) => troubles.push(message))
  addEventListener('unhandledrejection', ({ reason }) => troubles.push(String(reason)))
  window.pass = (ms) => localStorage.setItem('gt-now', String(Date.now() + ms))
  window.tell = (latitude, longitude, ms) => {
    window.pass(ms)
    const place = { coords: { latitude, longitude, accuracy: 8 }, timestamp: Date.now() }
    for (const fix of heard.values()) fix(place)
  }
})()`

export interface Gateway {
  readonly url: string
  end(): Promise<void>
}

export async function placeGateway(server: Server): Promise<Gateway> {
  const port = await freePort()
  const gateway = createServer((asked, answer) => {
    if (asked.url === SCRIPT) answer.setHeader('content-type', 'text/javascript').end(RECEIVER)
    else pass(server.port, asked, answer)
  })
  await new Promise<void>((resolve) => gateway.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${port}`,
    async end() {
      gateway.closeAllConnections()
      await new Promise((resolve) => gateway.close(resolve))
    },
  }
}

function pass(port: number, asked: IncomingMessage, answer: ServerResponse): void {
  const headers = { ...asked.headers, 'accept-encoding': 'identity' }
  const onward = request(
    { host: '127.0.0.1', port, path: asked.url, method: asked.method, headers },
    (told) => {
      const isPage = told.headers['content-type']?.startsWith('text/html') === true
      if (!isPage) {
        answer.writeHead(told.statusCode ?? 502, told.headers)
        told.pipe(answer)
        return
      }
      const chunks: Buffer[] = []
      told.on('data', (chunk: Buffer) => chunks.push(chunk))
      told.on('end', () => {
        const page = Buffer.concat(chunks).toString('utf8')
        const { 'content-length': _, ...others } = told.headers
        answer.writeHead(told.statusCode ?? 502, others)
        answer.end(page.replace('<head>', `<head><script src="${SCRIPT}"></script>`))
      })
    },
  )
  // No network: the browser is told nothing, as when nobody answers.
  onward.on('error', () => answer.destroy())
  asked.pipe(onward)
}
