/**
 * The keys that this phone trusts: those that its build pins, else the first set that it sees, and from then on only what those keys lead to,
 * less what a list that they signed has revoked. Asked for when a signature names an unknown one, and once a day.
 */
import { keySetSchema } from '../contract/catalog.ts'
import { type DeviceDb, readFact, readTrustedKeys, writeFact } from '../db/device.ts'
import { DAY_MS, type Instant } from '../domain/base/time.ts'
import type { KeySet } from '../proof/keys.ts'
import { newerOf, readRevocations } from '../proof/revocations.ts'
import { trustedKeys } from '../proof/trust.ts'
import type { Transport } from './transport.ts'

/** A key that was revoked may go on signing what a phone reads for so long. */
const ASK_EVERY_MS = DAY_MS

export interface KeyOptions {
  readonly now: () => Instant
  /** Keys that came with the build. What this phone trusted before counts only as far as they lead to it. */
  readonly pins?: KeySet | undefined
}

/** Without asking anybody. */
export async function heldKeysOf(device: DeviceDb, pins: KeySet | undefined): Promise<KeySet> {
  const held = await readTrustedKeys(device)
  return pins ? trustedKeys({ ...held, keys: pins.keys }, held) : held
}

export function keysOf(
  device: DeviceDb,
  transport: Transport,
  { now, pins }: KeyOptions,
): (isFresh: boolean) => Promise<KeySet> {
  const heldKeys = () => heldKeysOf(device, pins)

  async function ask(): Promise<KeySet> {
    const offered = await transport.get('/keys', keySetSchema)
    const held = await heldKeys()
    const first = await trustedKeys(held, offered)
    const list =
      offered.revocations === undefined ? undefined : await readRevocations(offered.revocations, first)
    const revocations = list && (await keepNewer(device, list))
    const revoked = revocations ? { revoked: revocations.revoked } : {}
    // Again, since the list may have ended a key that has just endorsed one.
    const { keys } = await trustedKeys({ ...held, ...revoked }, offered)
    await writeFact(device, 'keys', { keys })
    await writeFact(device, 'keysAskedAt', now())
    return readTrustedKeys(device)
  }

  return async (isFresh) => {
    const held = await heldKeys()
    if (held.keys.length === 0 || isFresh) return ask()
    const age = now() - ((await readFact(device, 'keysAskedAt')) ?? Number.NEGATIVE_INFINITY)
    if (age >= 0 && age < ASK_EVERY_MS) return held
    return ask().catch(() => held) // no reason to keep the ledger waiting
  }
}

/** In one transaction, so that no other tab puts an older list in its place. */
function keepNewer(device: DeviceDb, offered: Parameters<typeof newerOf>[1]) {
  return device.transaction('rw', device.facts, async () => {
    const newer = newerOf(await readFact(device, 'revocations'), offered)
    await writeFact(device, 'revocations', newer)
    return newer
  })
}
