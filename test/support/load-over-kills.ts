/** Phones that go on sending to several processes while their database is killed and comes back; and what was acknowledged to them. */
import type { Db } from '../../mock-api/storage/db.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { type Answer, Client, type Device } from '../bench/load.ts'
import type { Server } from './server.ts'

/** Below the limit of syncs a minute, whichever process counts them. */
const PAUSE_MS = 600
const AGAIN_MS = 50
const BATCH = 5

export interface Acknowledged {
  readonly accountId: string
  readonly commandId: string
  readonly seq: number
}

export interface Phones {
  readonly acknowledged: readonly Acknowledged[]
  /** How often each status was answered; 0: the line broke. */
  readonly statuses: ReadonlyMap<number, number>
  /** Answers that are neither: nobody may see one. */
  readonly wrong: readonly string[]
  stop(): Promise<void>
}

export async function startPhones(servers: readonly Server[], count: number): Promise<Phones> {
  const clients = servers.map(({ url }) => new Client(url, count))
  const acknowledged: Acknowledged[] = []
  const statuses = new Map<number, number>()
  const wrong: string[] = []
  let isStopped = false
  const devices: Device[] = []
  for (let i = 0; i < count; i++)
    devices.push(await (clients[i % clients.length] as Client).signIn(`136${String(i).padStart(8, '0')}`))

  const live = async (device: Device, place: number): Promise<void> => {
    await pause((PAUSE_MS / count) * place)
    for (let turn = place; !isStopped; turn++) {
      const body = bodyOf(device)
      // The same words until they are acknowledged, each time to the next process.
      for (let again = 0; ; again++) {
        const answer = await ask(clients[(turn + again) % clients.length] as Client, body, device)
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        if (answer.status === 200) {
          acknowledged.push(...receiptsIn(answer, device))
          break
        }
        if (![0, 503].includes(answer.status)) return void wrong.push(`${answer.status} ${answer.text}`)
        await pause(AGAIN_MS)
      }
      await pause(PAUSE_MS)
    }
  }
  const lives = devices.map(live)
  return {
    acknowledged,
    statuses,
    wrong,
    async stop() {
      isStopped = true
      await Promise.all(lives)
      for (const client of clients) client.close()
    },
  }
}

/** Acknowledged commands that are not there exactly as they were acknowledged. */
export async function missing(db: Db, { acknowledged }: Phones): Promise<unknown[]> {
  const rows = await db.query<{ accountId: string; commandId: string; seq: number }>(
    'select account_id as "accountId", command_id as "commandId", seq from records /* all accounts */',
  )
  const stored = new Set(rows.map(({ accountId, commandId, seq }) => `${accountId} ${commandId} ${seq}`))
  return acknowledged.filter((each) => !stored.has(`${each.accountId} ${each.commandId} ${each.seq}`))
}

function bodyOf({ accountId }: Device): string {
  const at = Date.now()
  const body = { code: 'clean-plate', city: 'jinan', startedAt: at - 60_000, evidence: { trust: 'manual' } }
  const commands = Array.from({ length: BATCH }, () =>
    canonicalJson({ id: crypto.randomUUID(), kind: 'activity.record', at, body }),
  )
  return JSON.stringify({ accountId, cursor: START, sentAt: at, commands })
}

async function ask(client: Client, body: string, { cookie }: Device): Promise<Answer> {
  try {
    return await client.call('POST', '/api/v1/sync', body, cookie)
  } catch (error) {
    return { status: 0, text: String(error), cookies: [] }
  }
}

function receiptsIn({ text }: Answer, { accountId }: Device): Acknowledged[] {
  const answer = JSON.parse(text) as SyncAnswer
  if (answer.state !== 'ok') throw new Error(`sync: ${answer.state}`)
  return answer.receipts.flatMap(({ id, seq }) =>
    seq === undefined ? [] : [{ accountId, commandId: id, seq }],
  )
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
