/**
 * A few connections to PostgreSQL, made when they are needed and thrown away when they break. While none can be made, whoever asks is told
 * so at once; the next who asks tries again, so that a database that is back is in use again with the next request.
 */
import pg from 'pg'
import { DatabaseAwayError } from './errors.ts'

/** Far more than an honest line needs for a handshake. */
const CONNECT_WITHIN_MS = 3000

interface Waiting {
  readonly begin: (client: pg.Client) => void
  readonly fail: (error: unknown) => void
}

export class Connections {
  readonly #config: pg.ClientConfig
  readonly #max: number
  readonly #idle: pg.Client[] = []
  readonly #broken = new WeakSet<pg.Client>()
  readonly #waiting: Waiting[] = []
  #open = 0
  #isClosed = false

  constructor(config: pg.ClientConfig, max: number) {
    this.#config = { ...config, connectionTimeoutMillis: CONNECT_WITHIN_MS, keepAlive: true }
    this.#max = max
  }

  /** `isUrgent`: before all others who wait. */
  async take({ isUrgent = false } = {}): Promise<pg.Client> {
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#open < this.#max) return this.#connect()
    return new Promise((begin, fail) => {
      const waiting = { begin, fail }
      if (isUrgent) this.#waiting.unshift(waiting)
      else this.#waiting.push(waiting)
    })
  }

  giveBack(client: pg.Client): void {
    if (this.#isClosed || this.#broken.has(client)) this.drop(client)
    else {
      const next = this.#waiting.shift()
      if (next) next.begin(client)
      else this.#idle.push(client)
    }
  }

  /** In place of giving back one that broke or stands still. */
  drop(client: pg.Client): void {
    this.#broken.add(client)
    client.end().catch(() => {})
    this.#open--
    const next = this.#waiting.shift()
    if (next) this.#connect().then(next.begin, next.fail)
  }

  isBroken(client: pg.Client): boolean {
    return this.#broken.has(client)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#failWaiting(new DatabaseAwayError())
    await Promise.all(this.#idle.splice(0).map((client) => client.end().catch(() => {})))
  }

  async #connect(): Promise<pg.Client> {
    this.#open++
    const client = new pg.Client(this.#config)
    // A line can break at any moment, also when nobody is waiting for an answer on it.
    client.on('error', () => this.#noteBroken(client))
    client.on('end', () => this.#noteBroken(client))
    try {
      await client.connect()
      return client
    } catch (error) {
      this.#open--
      // Nobody is left who could serve those who wait.
      if (this.#open === 0) this.#failWaiting(error)
      throw error
    }
  }

  #noteBroken(client: pg.Client): void {
    this.#broken.add(client)
    const place = this.#idle.indexOf(client)
    if (place < 0) return // in somebody's hands, who will notice
    this.#idle.splice(place, 1)
    this.drop(client)
  }

  #failWaiting(error: unknown): void {
    for (const { fail } of this.#waiting.splice(0)) fail(error)
  }
}
