/** Which keys a phone trusts: the first set that it sees, what those lead to, and nothing that somebody else puts in their place. */
import { describe, expect, it } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { readFact } from '../../src/db/device.ts'
import { readCursor } from '../../src/db/meta.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { readHead, signHead } from '../../src/proof/head.ts'
import { KEY_PURPOSES, type KeySet } from '../../src/proof/keys.ts'
import { keysOf } from '../../src/sync/keys.ts'
import { usePhones } from '../actions/phones.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { claim } from '../support/builders.ts'
import type { Phone } from '../support/phone.ts'

const phones = usePhones()

/** A phone that notes what it asks for; `impostor` answers in the backend's place while it is there. */
async function watchedPhone() {
  const asked: string[] = []
  const net: { impostor?: (request: Request) => Promise<Response> } = {}
  const phone = await phones.signedIn(undefined, {
    send(request) {
      asked.push(new URL(request.url).pathname.replace('/api/v1', ''))
      return net.impostor ? net.impostor(request) : phones.backend.fetch(request)
    },
  })
  return { phone, net, asked, keysAsked: () => asked.filter((path) => path === '/keys').length }
}

const kids = (keys: KeySet | undefined) => keys?.keys.map(({ kid }) => kid) ?? []
const trusted = (phone: Phone) => readFact(phone.device, 'keys')

/** Somebody who has keys of their own, and endorses them as well as anybody could. */
async function impostorOf(backend: Backend) {
  const foreign = await startBackend({ seed: 99, samples: false, now: backend.now })
  const keys = await foreign.deps.keyring.publicKeys()
  const key = await foreign.deps.keyring.signingKey('heads')
  return { keys: (await foreign.deps.keyring.publicKeys()) ?? keys, key, close: () => foreign.close() }
}

describe('the keys of a phone', () => {
  it('are the first set that it sees, asked for once and kept', async () => {
    const { phone, keysAsked } = await watchedPhone()
    await phone.sync()
    await recordActivity(phone.context, claim())
    await phone.sync()
    await phone.reopen()
    await phone.sync()
    expect(keysAsked()).toBe(1)
    expect(await trusted(phone)).toEqual(await phones.backend.deps.keyring.publicKeys())
  })

  it('grow by one that a trusted one endorsed, at the first head that names it, after one question', async () => {
    const { phone, keysAsked } = await watchedPhone()
    await recordActivity(phone.context, claim())
    await phone.sync()
    const before = await trusted(phone)
    // Within the day of its last question: only the head says that there is something to ask.
    phones.backend.now.advance(HOUR_MS)
    await phones.backend.deps.keyring.rotate()
    phones.backend.now.advance(HOUR_MS)
    await phones.backend.deps.keyring.rotate() // two steps at once: the phone was off
    await recordActivity(phone.context, claim())
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(keysAsked()).toBe(2)
    expect(kids(await trusted(phone))).toHaveLength(3 * KEY_PURPOSES.length)
    expect(kids(await trusted(phone))[0]).toBe(kids(before)[0])
    await phone.sync()
    expect(keysAsked()).toBe(2)
  })

  it('do not change for a foreign set, and its page is not applied, however it is signed', async () => {
    const { phone, net, keysAsked } = await watchedPhone()
    await recordActivity(phone.context, claim())
    await phone.sync()
    const before = await trusted(phone)
    const cursor = await readCursor(phone.db)
    const impostor = await impostorOf(phones.backend)
    net.impostor = async (request) => {
      if (request.url.includes('/keys')) return Response.json(impostor.keys)
      const answer = (await (await phones.backend.fetch(request)).json()) as SyncAnswer
      if (answer.state !== 'ok' || !before) return Response.json(answer)
      const head = await readHead(answer.head, before)
      if (!head) throw new Error('not signed')
      return Response.json({ ...answer, head: await signHead(head, impostor.key) })
    }
    await recordActivity(phone.context, claim())
    const asked = keysAsked()
    expect(await phone.sync()).toEqual({ state: 'faulty', fault: 'signature' })
    expect(keysAsked()).toBe(asked + 1)
    expect(await trusted(phone)).toEqual(before)
    expect(await readCursor(phone.db)).toEqual(cursor)
    expect(await phone.db.outbox.count()).toBe(1)
    delete net.impostor
    expect(await phone.sync()).toEqual({ state: 'done' })
    await impostor.close()
  })

  it('take the endorsed ones of a mixed set, and leave what was slipped in', async () => {
    const { phone } = await watchedPhone()
    await phone.sync()
    const first = (await trusted(phone)) as KeySet
    phones.backend.now.advance(DAY_MS)
    await phones.backend.deps.keyring.rotate()
    const real = await phones.backend.deps.keyring.publicKeys()
    const impostor = await impostorOf(phones.backend)
    const slipped = impostor.keys.keys.find(({ purpose }) => purpose === 'heads')
    const [old, next] = real.keys.filter(({ purpose }) => purpose === 'heads')
    if (!slipped || !old || !next?.endorsement) throw new Error('keys are missing')
    const others = real.keys.filter((key) => key !== old && key !== next)
    const sets: KeySet[] = [
      { keys: [...impostor.keys.keys, ...real.keys] },
      { keys: [{ ...slipped, endorsement: next.endorsement }, old, next, ...others] },
      { keys: [{ ...slipped, kid: old.kid }, old, next, ...others] }, // a known name with another key
    ]
    for (const offered of sets) {
      await phone.device.facts.put({ key: 'keys', value: first })
      const keys = keysOf(
        phone.device,
        { ...phone.transport, get: async () => offered as never },
        phones.backend,
      )
      expect((await keys(true)).keys.map(({ kid, x }) => `${kid} ${x}`).sort()).toEqual(
        real.keys.map(({ kid, x }) => `${kid} ${x}`).sort(),
      )
    }
    await impostor.close()
  })

  it('stay when the question for fresh ones fails', async () => {
    const { phone, net } = await watchedPhone()
    await phone.sync()
    const before = await trusted(phone)
    for (const answer of [new Response('<html>'), Response.json({ keys: 'none' })]) {
      net.impostor = async () => answer
      await expect(keysOf(phone.device, phone.transport, phones.backend)(true)).rejects.toMatchObject({
        code: 'unreadable',
      })
      expect(await trusted(phone)).toEqual(before)
    }
  })

  it('that a set without any offers are none, and the next set is the first', async () => {
    const { phone, net } = await watchedPhone()
    net.impostor = async () => Response.json({ keys: [] })
    await keysOf(phone.device, phone.transport, phones.backend)(false)
    delete net.impostor
    await recordActivity(phone.context, claim())
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(kids(await trusted(phone))).toHaveLength(KEY_PURPOSES.length)
  })
})
