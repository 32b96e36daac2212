/** What a phone does when keys are revoked, when its build pins some, and when it was upgraded from an app that knew no purposes. */
import { describe, expect, it } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { readFact, readTrustedKeys, writeFact } from '../../src/db/device.ts'
import { readMeta } from '../../src/db/meta.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { readHead, signHead } from '../../src/proof/head.ts'
import { KEY_PURPOSES, type KeySet } from '../../src/proof/keys.ts'
import { keysOf } from '../../src/sync/keys.ts'
import { usePhones } from '../actions/phones.ts'
import { startBackend } from '../support/backend.ts'
import { claim } from '../support/builders.ts'
import { makeTestKey } from '../support/keys.ts'
import { readKeysAsOldApp } from '../support/old-app-keys.ts'

const phones = usePhones()

interface KeysAnswer extends KeySet {
  readonly revocations: string
}

async function answerOf(backend = phones.backend, query = '?wire=2'): Promise<KeysAnswer> {
  const response = await backend.fetch(new Request(`http://localhost:4173/api/v1/keys${query}`))
  return (await response.json()) as KeysAnswer
}

/** A phone, and what it trusts once it was answered so. */
async function watchedPhone() {
  const net: { keys?: unknown; impostor?: (request: Request) => Promise<Response> } = {}
  let asked = 0
  const phone = await phones.signedIn(undefined, {
    async send(request) {
      if (request.url.includes('/keys')) asked++
      if (request.url.includes('/keys') && net.keys) return Response.json(net.keys)
      return net.impostor ? net.impostor(request) : phones.backend.fetch(request)
    },
  })
  const options = { now: phones.backend.now }
  const ask = (given: { pins?: KeySet } = {}) =>
    keysOf(phone.device, phone.transport, { ...options, ...given })(true)
  return { phone, net, ask, asked: () => asked }
}

const revokedOf = ({ revoked = [] }: KeySet) => revoked.map(({ kid }) => kid).sort()

describe('a phone and revoked keys', () => {
  it('goes on with the successor, and takes no page from the thief', async () => {
    const { phone, net } = await watchedPhone()
    await phone.sync()
    const { keyring } = phones.backend.deps
    const stolen = await keyring.signingKey('heads')
    phones.backend.now.advance(HOUR_MS)
    await keyring.revoke(stolen.kid, 'stolen')
    await recordActivity(phone.context, claim())
    expect(await phone.sync()).toEqual({ state: 'done' })
    const trusted = await readTrustedKeys(phone.device)
    expect(revokedOf(trusted)).toContain(stolen.kid)
    net.impostor = async (request) => {
      const answer = (await (await phones.backend.fetch(request)).json()) as SyncAnswer
      if (answer.state !== 'ok') return Response.json(answer)
      const head = await readHead(answer.head, trusted)
      if (!head) throw new Error('not signed')
      // With a date on which the key was still good.
      return Response.json({
        ...answer,
        head: await signHead({ ...head, at: head.at - 2 * HOUR_MS }, stolen),
      })
    }
    await recordActivity(phone.context, claim())
    expect(await phone.sync()).toEqual({ state: 'faulty', fault: 'signature' })
    delete net.impostor
    expect(await phone.sync()).toEqual({ state: 'done' })
  })

  it('learns of a theft and of the thief’s own key in one answer, and trusts the key for no moment', async () => {
    const { phone, net, ask } = await watchedPhone()
    await phone.sync()
    const { keyring } = phones.backend.deps
    const signing = await keyring.signingKey('heads')
    const key = (await keyring.publicKeys()).keys.find(({ kid }) => kid === signing.kid)
    if (!key) throw new Error('a signing key is public')
    const [notBefore, notAfter] = [phones.backend.now(), phones.backend.now() + DAY_MS]
    const thief = await makeTestKey('thief', { purpose: 'heads', notBefore, notAfter }, { key, signing })
    await keyring.revoke(signing.kid, 'stolen')
    const answer = await answerOf()
    net.keys = { ...answer, keys: [...answer.keys, thief.key] }
    for (const keys of [await ask(), await ask()]) {
      expect(revokedOf(keys)).toContain(signing.kid)
      expect(keys.keys.map(({ kid }) => kid)).not.toContain('thief')
    }
  })

  it('keeps the list with the highest epoch, when an older one, none, or a foreign one comes', async () => {
    const { phone, net, ask } = await watchedPhone()
    await phone.sync()
    const older = await answerOf()
    const { keyring } = phones.backend.deps
    phones.backend.now.advance(HOUR_MS)
    await keyring.revoke((await keyring.signingKey('vouchers')).kid, 'lost')
    const newest = await answerOf()
    await ask()
    const known = await readFact(phone.device, 'revocations')
    expect(known?.revoked.length).toBeGreaterThan(0)
    const stranger = await startBackend({ seed: 98, samples: false, now: phones.backend.now })
    await stranger.deps.keyring.revoke((await stranger.deps.keyring.signingKey('heads')).kid, '')
    const { revocations: _, ...without } = newest
    const foreign = { ...newest, revocations: (await answerOf(stranger)).revocations }
    // A head is no list, though a trusted key signed it.
    const head = (await readMeta(phone.db, 'head'))?.jws ?? ''
    for (const keys of [
      { ...newest, revocations: older.revocations },
      without,
      foreign,
      { ...newest, revocations: head },
    ]) {
      net.keys = keys
      await ask()
      expect(await readFact(phone.device, 'revocations')).toEqual(known)
    }
    await stranger.close()
  })

  it('hears of it within a day, though nothing that it reads was signed by a new key', async () => {
    const { phone, asked } = await watchedPhone()
    await phone.sync()
    const { keyring } = phones.backend.deps
    await keyring.revoke((await keyring.signingKey('documents')).kid, 'lost')
    const before = asked()
    phones.backend.now.advance(23 * HOUR_MS)
    await phone.sync()
    expect(asked()).toBe(before)
    phones.backend.now.advance(HOUR_MS)
    await phone.sync()
    expect(asked()).toBe(before + 1)
    expect(revokedOf(await readTrustedKeys(phone.device)).length).toBeGreaterThan(0)
  })

  it('syncs on with the keys that it has when the daily question is not answered', async () => {
    const { phone, net } = await watchedPhone()
    await phone.sync()
    phones.backend.now.advance(DAY_MS)
    net.keys = 'no keys'
    await recordActivity(phone.context, claim())
    expect(await phone.sync()).toEqual({ state: 'done' })
  })
})

describe('a build with pinned keys', () => {
  it('trusts them instead of the first set, and what they lead to', async () => {
    const { phone, net, ask } = await watchedPhone()
    const stranger = await startBackend({ seed: 97, samples: false, now: phones.backend.now })
    const pins = { keys: (await answerOf()).keys }
    net.keys = await answerOf(stranger)
    expect((await ask({ pins })).keys).toEqual(pins.keys)
    phones.backend.now.advance(HOUR_MS)
    await phones.backend.deps.keyring.rotate()
    net.keys = await answerOf()
    expect((await ask({ pins })).keys).toHaveLength(pins.keys.length + KEY_PURPOSES.length)
    expect(await phone.sync()).toEqual({ state: 'done' })
    await stranger.close()
  })

  it('drops what an older build had trusted at first sight, where they do not lead there', async () => {
    const { phone, ask } = await watchedPhone()
    const stranger = await startBackend({ seed: 96, samples: false, now: phones.backend.now })
    const { keys } = await answerOf(stranger)
    await writeFact(phone.device, 'keys', { keys })
    const pins = { keys: (await answerOf()).keys }
    const kids = (await ask({ pins })).keys.map(({ kid }) => kid)
    for (const { kid } of keys) expect(kids).not.toContain(kid)
    await stranger.close()
  })
})

describe('a phone upgraded from an app that knew no purposes', () => {
  it('learns the purpose of each key that it had in the old words, and syncs on', async () => {
    const { phone } = await watchedPhone()
    const old = readKeysAsOldApp(await answerOf(phones.backend, ''))
    await writeFact(phone.device, 'keys', old)
    await recordActivity(phone.context, claim())
    expect(await phone.sync()).toEqual({ state: 'done' })
    const { keys } = await readTrustedKeys(phone.device)
    expect(keys).toEqual((await answerOf()).keys)
    expect(keys.every(({ purpose }) => purpose !== undefined)).toBe(true)
  })
})
