/** Devices without a screen against a server process: signed in beforehand, each with its own account; one connection per worker. */
import { Agent, request } from 'node:http'
import type { SignInAnswer } from '../../src/contract/session.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Cursor, START } from '../../src/proof/chain.ts'
import { manyClaims } from './claims.ts'

export interface Device {
  readonly accountId: string
  readonly cookie: string
  cursor: Cursor
  /** Bodies' texts, written beforehand: the clock measures the server, not this side. */
  readonly batches: string[][]
}

export interface Load {
  readonly batches: number
  readonly commands: number
  readonly outcomes: ReadonlyMap<string, number>
  readonly seconds: number
  readonly latencies: readonly number[]
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly cookies: readonly string[]
}

export class Client {
  readonly #url: URL
  readonly #agent: Agent

  constructor(url: string, connections: number) {
    this.#url = new URL(url)
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  close(): void {
    this.#agent.destroy()
  }

  call(method: string, path: string, body?: string, cookie?: string): Promise<Answer> {
    const { hostname, port } = this.#url
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) }
      const sent = request({ agent: this.#agent, hostname, port, method, path, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
            cookies: response.headers['set-cookie'] ?? [],
          }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  /** A phone number of its own; the code is read from the simulated gateway. */
  async signIn(phone: string): Promise<Device> {
    await this.#ok('POST', '/api/v1/sign-in/codes', JSON.stringify({ phone }))
    const { code } = JSON.parse((await this.#ok('GET', `/api/v1/demo/sms?phone=${phone}`)).text) as {
      code: string
    }
    const asked = { phone, code, deviceId: crypto.randomUUID(), deviceName: 'Bench', city: 'weifang' }
    const answer = await this.#ok('POST', '/api/v1/sign-in', JSON.stringify(asked))
    const { accountId } = JSON.parse(answer.text) as SignInAnswer
    const cookie = (answer.cookies[0] ?? '').split(';')[0] ?? ''
    return { accountId, cookie, cursor: START, batches: [] }
  }

  async #ok(method: string, path: string, body?: string): Promise<Answer> {
    const answer = await this.call(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer
  }
}

/** Writes the commands of every device. */
export function prepare(
  devices: readonly Device[],
  { batches, length }: { batches: number; length: number },
): void {
  const now = Date.now()
  for (const device of devices) {
    const texts = manyClaims(batches * length, now).map((body) =>
      canonicalJson({ id: crypto.randomUUID(), kind: 'activity.record', at: now, body }),
    )
    device.batches.length = 0
    for (let i = 0; i < batches; i++) device.batches.push(texts.slice(i * length, (i + 1) * length))
  }
}

/** So many workers send until the time is over or nothing is left; a device is with one worker at a time. */
export async function run(
  client: Client,
  devices: readonly Device[],
  { workers, seconds }: { workers: number; seconds: number },
): Promise<Load> {
  const free = [...devices]
  const outcomes = new Map<string, number>()
  const latencies: number[] = []
  let commands = 0
  const startedAt = performance.now()
  const work = async () => {
    while (performance.now() - startedAt < seconds * 1000) {
      const device = free.shift()
      const batch = device?.batches.shift()
      if (!device || !batch) return
      const sentAt = performance.now()
      const answer = await send(client, device, batch)
      latencies.push(performance.now() - sentAt)
      for (const { outcome } of answer.receipts) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      commands += answer.receipts.filter(({ seq }) => seq !== undefined).length
      free.push(device)
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  const took = (performance.now() - startedAt) / 1000
  return { batches: latencies.length, commands, outcomes, seconds: took, latencies }
}

async function send(
  client: Client,
  device: Device,
  commands: readonly string[],
): Promise<Extract<SyncAnswer, { state: 'ok' }>> {
  const { accountId, cursor, cookie } = device
  const body = JSON.stringify({ accountId, cursor, sentAt: Date.now(), commands })
  const { status, text } = await client.call('POST', '/api/v1/sync', body, cookie)
  const answer = JSON.parse(text) as SyncAnswer
  if (status !== 200 || answer.state !== 'ok') throw new Error(`sync: ${status} ${text.slice(0, 300)}`)
  const last = answer.records.at(-1)
  if (last) device.cursor = { seq: last.seq, hash: last.hash }
  return answer
}
