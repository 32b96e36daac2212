/** The way into a till's lazy chunk: what main.ts puts together on a device that is one. */
import type { DeviceDb } from '../db/device.ts'
import type { TillRow } from '../db/till.ts'
import type { PageReading } from '../domain/base/clock.ts'
import type { Instant } from '../domain/base/time.ts'
import { groupOfCode } from '../domain/methodology/which-pack.ts'
import type { DeviceKeys } from '../proof/dpop.ts'
import type { KeySet } from '../proof/keys.ts'
import type { Pace } from './connect.ts'
import { gzip } from './gzip.ts'
import { heldKeysOf, keysOf } from './keys.ts'
import { SyncLoop } from './loop.ts'
import type { PassResult } from './pass.ts'
import type { PassDeps } from './pass-deps.ts'
import { type AtBranch, type Sending, sendTills } from './send-tills.ts'
import { demoTillCode, type Joining, joinTill, type TillApi, tillApiOf } from './till-api.ts'
import { tillPass } from './till-pass.ts'
import { type Send, tillSend } from './till-transport.ts'
import { createTransport, type Transport } from './transport.ts'

export { webLock } from './lock.ts'

interface TillSurroundings extends Omit<Pace, 'onStatus'> {
  readonly send: Send
  readonly device: DeviceDb
  readonly now: () => Instant
  readonly newId: () => string
  readonly page?: () => PageReading
  readonly pins?: KeySet | undefined
  readonly isOffline?: () => boolean
}

export interface TillExchange {
  join(keys: DeviceKeys, joining: Joining): ReturnType<typeof joinTill>
  /** Of a sample shop; undefined where the backend is no demonstration. */
  demoCode(merchantId: string): Promise<string | undefined>
  api(till: TillRow): TillApi
  /** Keys of the backend that this device trusts by now, without waiting for any network. */
  heldKeys(): Promise<KeySet>
  /** Asks for those that it has not heard of. */
  askKeys(): Promise<KeySet>
  loop(of: AtBranch, onStatus: Pace['onStatus']): SyncLoop
  /** What waits at the branches that no page shows, one after the other. */
  sendAll(sending: Sending): Promise<void>
}

export function tillExchangeOf(around: TillSurroundings): TillExchange {
  const { send, device, now, newId, pins } = around
  const options = gzip ? { pack: gzip } : {}
  const plain = createTransport(send, options)
  const keys = keysOf(device, plain, { now, pins })
  const transportOf = ({ accountId, keys: own, secret }: TillRow): Transport =>
    createTransport(tillSend(send, { accountId, keys: own, now, newId }), options).of(
      accountId,
      async () => secret,
    )
  function passOf({
    db,
    till,
    tills,
  }: AtBranch): (onProgress?: PassDeps['onProgress']) => Promise<PassResult> {
    const transport = transportOf(till)
    const api = tillApiOf(transport, till.accountId)
    const deps = { ...around, db, till, tills, transport, api, keys, groupOf: groupOfCode }
    return (onProgress) => tillPass(deps, onProgress)
  }
  return {
    join: (own, joining) =>
      joinTill(createTransport(tillSend(send, { keys: own, now, newId }), options), joining),
    demoCode: (merchantId) => demoTillCode(plain, merchantId),
    api: (till) => tillApiOf(transportOf(till), till.accountId),
    heldKeys: () => heldKeysOf(device, pins),
    askKeys: () => keys(true),
    loop: (of, onStatus) =>
      new SyncLoop({ ...around, lockName: lockNameOf(of.till), onStatus, pass: passOf(of) }),
    sendAll: (sending) => sendTills(sending, (of) => around.lock(lockNameOf(of.till), passOf(of))),
  }
}

function lockNameOf({ accountId }: TillRow): string {
  return `greentrace-till-${accountId}`
}
