/** The part of the route table that a branch's tills have. */
import type { Deps } from '../base/deps.ts'
import { json, nothing } from '../http/answer.ts'
import { UsedProofs } from '../http/used-proofs.ts'
import { readDemoTillCode } from '../routes/demo-tills.ts'
import type { Gate } from '../routes/sync.ts'
import { handInAsTill, handInKeysAsTill } from '../routes/tail.ts'
import { tillWords } from '../routes/till-words.ts'
import {
  joinAsTill,
  leaveAsTill,
  listTillPeople,
  makeTillCodeRoute,
  readTillStatus,
  revokeTillRoute,
  syncAsTill,
} from '../routes/tills.ts'
import type { App } from './app.ts'

const tills = '/api/v1/tills'
const branch = `${tills}/:accountId` as const

export function addTillRoutes(app: App, deps: Deps, gate: Gate): void {
  const used = new UsedProofs()
  const at = { gate, used }
  app.post(`${tills}/join`, tillWords.join, async (c) => c.json(await joinAsTill(c, deps, used)))
  app.post(`${branch}/sync`, tillWords.sync, async (c) => json(await syncAsTill(c, deps, at)))
  app.post(`${branch}/tail`, tillWords.tail, async (c) => json(await handInAsTill(c, deps, at)))
  app.post(`${branch}/keys`, tillWords.keys, (c) => nothing(c, handInKeysAsTill(c, deps, at)))
  app.get(`${branch}/status`, tillWords.status, async (c) => json(await readTillStatus(c, deps, used)))
  app.get(`${branch}/people`, tillWords.people, async (c) => json(await listTillPeople(c, deps, used)))
  app.post(`${branch}/codes`, tillWords.code, async (c) => json(await makeTillCodeRoute(c, deps, used)))
  app.post(`${branch}/people/:tillId/revoke`, tillWords.revoke, async (c) =>
    json(await revokeTillRoute(c, deps, used)),
  )
  app.get('/api/v1/demo/tills/:merchantId/code', tillWords.demoCode, async (c) =>
    json(await readDemoTillCode(c, deps)),
  )
  app.post(`${branch}/leave`, tillWords.leave, (c) => nothing(c, leaveAsTill(c, deps)))
}
