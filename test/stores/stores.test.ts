/** What the screens are handed: the ledger as it stands and as it is hoped to stand, of the person who is looking and of nobody else. */

import { createPinia, disposePinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, watch } from 'vue'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { closeOutbox } from '../../src/db/outbox.ts'
import type { OfferId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import { useEntrySeqs, useMonths, useRecentActs } from '../../src/stores/history.ts'
import { usePreviewWorld } from '../../src/stores/preview-world.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { claim, NOON, trackedRide } from '../support/builders.ts'
import { freshPhone, signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import { uuidFrom } from '../support/ids.ts'
import { Phone } from '../support/phone.ts'
import { newOffer } from '../support/shop.ts'
import { type AppOptions, type OpenApp, openApp, settle } from './app.ts'

let backend: Backend
let apps: OpenApp[] = []
const gates: { open(): void }[] = []
beforeEach(async () => {
  const limits = { codesPerMinute: { name: 'codes-minute', max: 100, windowMs: 60_000 } }
  backend = await startBackend({ now: NOON, limits })
})
afterEach(async () => {
  for (const way of gates.splice(0)) way.open()
  for (const app of apps) await app.close()
  apps = []
  await backend.close()
})

async function open(options: AppOptions = {}): Promise<OpenApp> {
  const app = await openApp(backend, options)
  apps.push(app)
  return app
}

async function openGuest(options: AppOptions = {}): Promise<OpenApp> {
  const app = await open(options)
  await app.device.chooseCity('weifang')
  await settle(() => app.ledger.base !== undefined)
  return app
}

/** A second tab on the same phone. */
async function tabOf(app: OpenApp): Promise<Phone> {
  return new Phone({
    storage: app.storage,
    now: backend.now,
    newId: () => uuidFrom(backend.random),
    send: (request) => backend.fetch(request),
  }).open()
}

const ride = () => trackedRide(NOON - 5 * 3600_000)
const RIDE_POINTS = 356
const plate = () => claim({ code: 'clean-plate', quantity: { value: 1, unit: 'count' } })

/** A gate in front of the exchange: nothing passes while it is shut. */
function gate() {
  let open = () => {}
  let passage = Promise.resolve()
  const way = {
    shut: () => {
      passage = new Promise((resolve) => {
        open = resolve
      })
    },
    open: () => open(),
    async send(request: Request): Promise<Response> {
      if (request.url.endsWith('/sync')) await passage
      return backend.fetch(request)
    },
  }
  gates.push(way)
  return way
}

describe('the ledger’s store', () => {
  it('shows an act as waiting at once, then as confirmed, and never as both or neither', async () => {
    const way = gate()
    const app = await openGuest({ send: way.send })
    await app.signIn()
    await settle(() => app.sync.status.phase === 'idle' && app.ledger.restoring === undefined)
    way.shut()
    await app.acts.record(ride())
    await settle(() => app.ledger.isReady && app.ledger.waiting.length === 1)
    expect(app.ledger.projection).toMatchObject({ available: 0, pendingPoints: RIDE_POINTS, spendable: 0 })
    const seen = new Set<string>()
    const scope = effectScope()
    scope.run(() =>
      watch(
        () => app.ledger.projection,
        ({ available, pendingPoints }) => seen.add(`${available}+${pendingPoints}`),
        { immediate: true, flush: 'sync' },
      ),
    )
    way.open()
    await settle(() => app.ledger.waiting.length === 0)
    scope.stop()
    expect([...seen]).toEqual([`0+${RIDE_POINTS}`, `${RIDE_POINTS}+0`])
    expect(app.ledger.projection.spendable).toBe(RIDE_POINTS)
  })

  it('names the newest wish first, what it will most likely become, and whether it may have left the phone', async () => {
    const app = await openGuest()
    const first = await app.acts.record(ride())
    const second = await app.acts.record(claim({ startedAt: NOON - 90 * DAY_MS }))
    await settle(() => app.ledger.isReady && app.ledger.waiting.length === 2)
    expect(app.ledger.waiting.map(({ id, isSent, decision }) => [id, isSent, decision.outcome])).toEqual([
      [second, false, 'rejected'],
      [first, false, 'accepted'],
    ])
    expect(await app.acts.undo(second)).toBe('forgotten')
    await settle(() => app.ledger.waiting.length === 1)
    expect((await app.ledger.estimateSoon(ride())).verdict).not.toBe('accepted') // overlaps with the one that waits
  })

  it('counts nothing of what the backend could not read, and still shows it with the reason', async () => {
    const app = await openGuest()
    const id = await app.acts.record(ride())
    await app.device.db?.outbox
      .where('id')
      .equals(id)
      .modify({ state: 'deferred', problem: 'unknown_command' })
    await settle(() => app.ledger.waiting[0]?.state === 'deferred')
    expect(app.ledger.projection.pendingPoints).toBe(0)
    expect(app.ledger.waiting).toMatchObject([{ id, problem: 'unknown_command' }])
  })

  it('tells that it restores, and how far it is, until the last page has come', async () => {
    const number = freshPhone()
    const other = await signIn(backend, { phone: number })
    for (let i = 0; i < 3; i++) await other.sync(Array.from({ length: 400 }, () => cleanPlate(backend)))
    const shown: { done: number; of: number }[] = []
    const app: OpenApp = await open({
      async send(request) {
        if (request.url.endsWith('/sync') && app.device.current !== undefined) {
          // The next page is not asked for before the last one is on the screen.
          const rows = (await app.device.db?.journal.count()) ?? 0
          await settle(() => app.ledger.restoring?.done === rows)
          if (app.ledger.restoring) shown.push(app.ledger.restoring)
        }
        return backend.fetch(request)
      },
    })
    await app.signIn(number)
    await settle(() => app.ledger.base !== undefined && app.ledger.restoring === undefined)
    expect(shown[0]).toEqual({ done: 0, of: 0 })
    expect(shown.length).toBeGreaterThan(1)
    expect(shown.slice(1).every(({ done, of }) => done > 0 && done < of && of === 1200)).toBe(true)
    await app.sync.stop()
    await app.acts.record(claim())
    expect(app.ledger.restoring).toBeUndefined()
  })

  it('tells that it restores as long as nothing has come at all', async () => {
    const way = gate()
    way.shut()
    const app = await open({ send: way.send })
    await app.signIn()
    expect(app.ledger.restoring).toEqual({ done: 0, of: 0 })
    way.open()
    await settle(() => app.ledger.restoring === undefined)
  })
})

describe('what waiting commands are decided by', () => {
  it('is not there before the kept offers are read: no wish for one is shown as refused meanwhile', async () => {
    const app = await openGuest()
    await app.offers.refresh()
    await settle(() => app.offers.rows.length > 0)
    const wanted = app.offers.rows[0]?.offer.id ?? ''
    const pinia = createPinia()
    setActivePinia(pinia) // as a page that has just been opened has it
    const worldOf = usePreviewWorld({ offset: () => 0, idleAct: () => undefined })
    const world = () => worldOf((at) => packInForce('weifang', at))
    expect(world()).toBeUndefined()
    await settle(() => world() !== undefined)
    expect(world()?.offer(wanted as OfferId)?.id).toBe(wanted)
    disposePinia(pinia)
  })
})

describe('several people on one phone', () => {
  it('never sees one person’s rows under another’s name, however fast it is switched', async () => {
    const app = await openGuest()
    const owners = new Map<string, string>()
    const people: string[] = []
    for (const name of ['奶奶', '爸爸', '小林']) {
      if (people.length > 0) await app.people.addGuest(name, 'zibo')
      await settle(() => app.device.current !== undefined && !people.includes(app.device.current.ledgerId))
      const accountId = await app.signIn()
      people.push(accountId)
      await settle(() => app.ledger.restoring === undefined)
      for (let i = 1; i <= people.length; i++) owners.set(await app.acts.record(plate()), accountId)
      await settle(() => app.ledger.waiting.length === 0)
      await app.sync.stop() // what comes now waits
      owners.set(await app.acts.record(claim()), accountId)
      await settle(() => app.ledger.waiting.length === 1)
    }
    const wrong: string[] = []
    const shown = new Set<string>()
    const scope = effectScope()
    scope.run(() => {
      const acts = useRecentActs(10)
      const seqs = useEntrySeqs(() => 'all')
      const months = useMonths()
      watch(
        () => [
          app.device.current,
          app.ledger.waiting,
          acts.value.value,
          seqs.value.value,
          months.value.value,
        ],
        () => {
          const current = app.device.current?.ledgerId ?? ''
          const ids = [...app.ledger.waiting, ...(acts.value.value ?? [])].map(({ id }) => id as string)
          for (const id of ids) {
            if (owners.get(id) === current) shown.add(id)
            else wrong.push(`${id} under ${current}`)
          }
          // The first has one record, the second two, and so on; the one that waits may come to it.
          const extra = (seqs.value.value?.length ?? 0) - people.indexOf(current)
          if (seqs.value.value && extra !== 1 && extra !== 2) wrong.push(`${extra} more under ${current}`)
        },
        { flush: 'post', immediate: true },
      )
    })
    for (let i = 0; i < 40; i++) {
      await app.device.switchTo(people[(i * 7) % 3] as string)
      for (let turns = 0; turns < i % 9; turns++) await new Promise((resolve) => setImmediate(resolve))
    }
    for (const person of people) {
      await app.device.switchTo(person)
      await settle(() => [...shown].filter((id) => owners.get(id) === person).length > 1)
    }
    scope.stop()
    expect(wrong).toEqual([])
    expect(shown.size).toBeGreaterThan(3)
  })

  it('what is recorded in the moment of switching goes to one of them, whole', async () => {
    const app = await openGuest()
    const first = app.device.current?.ledgerId ?? ''
    await app.people.addGuest('爸爸', 'zibo')
    await settle(() => app.device.current?.ledgerId !== first && app.ledger.base !== undefined)
    const second = app.device.current?.ledgerId ?? ''
    const ids: string[] = []
    for (let i = 0; i < 20; i++) {
      const switching = app.device.switchTo(i % 2 ? second : first)
      ids.push(await app.acts.record(claim()).catch((error: Error) => error.name))
      await switching
    }
    const found: string[] = []
    for (const ledgerId of [first, second]) {
      await app.device.switchTo(ledgerId)
      await settle(() => app.device.current?.ledgerId === ledgerId && app.ledger.base !== undefined)
      found.push(...(app.ledger.base?.outbox.map(({ id }) => id) ?? []))
    }
    expect(found.toSorted()).toEqual(ids.filter((id) => id.includes('-')).toSorted())
  })
})

describe('a guest ledger that another tab gives to an account', () => {
  async function ledgersOn(app: OpenApp): Promise<string[]> {
    return (await app.storage.factory.databases()).map(({ name = '' }) => name)
  }

  it('closed in the midst of it: what is recorded here is finished into the account that adopts', async () => {
    const app = await openGuest()
    const before = await app.acts.record(ride())
    const guest = app.device.current?.ledgerId ?? ''
    const tab = await tabOf(app)
    const { profile } = await signedInElsewhere(app)
    await app.deviceDb.profiles.update(guest, { adoptedBy: profile })
    await closeOutbox(tab.db, profile)
    tab.close() // it dies here
    const id = await app.acts.record(claim({ note: '之后' }))
    await settle(() => app.device.current?.ledgerId === profile)
    expect((await ledgersOn(app)).join()).not.toContain(guest)
    const rows = await app.device.db?.outbox.orderBy('n').toArray()
    const posted = await app.device.db?.journal.toArray()
    expect([...(posted ?? []), ...(rows ?? [])].map((row) => row.id)).toEqual([before, id])
  })

  it('gone already: what is said to be recorded is in the account, and nothing brings the guest’s ledger back', async () => {
    const app = await openGuest()
    await app.acts.record(ride())
    const guest = app.device.current?.ledgerId ?? ''
    const tab = await tabOf(app)
    let isOver = false
    const signing = tab.signIn(freshPhone()).then(() => {
      isOver = true
    })
    const recorded: string[] = []
    const failed: string[] = []
    while (!isOver) {
      await app.acts.record(claim()).then(
        (id) => recorded.push(id),
        (error: Error) => failed.push(error.name),
      )
      await new Promise((resolve) => setImmediate(resolve))
    }
    await signing
    const account = tab.profile.ledgerId
    await settle(() => app.device.current?.ledgerId === account && app.ledger.base !== undefined)
    recorded.push(await app.acts.record(claim()))
    const db = app.device.db
    // Outbox first: a sync that confirms in between moves rows from there to the journal, never back.
    const kept = [...((await db?.outbox.toArray()) ?? []), ...((await db?.journal.toArray()) ?? [])]
    expect(recorded.filter((id) => !kept.some((row) => row.id === id))).toEqual([])
    expect(failed.filter((name) => name !== 'DatabaseClosedError')).toEqual([])
    expect((await ledgersOn(app)).join()).not.toContain(guest)
    tab.close()
  })

  /** An account on this phone whose session is there, while the guest's ledger is still the open one. */
  async function signedInElsewhere(app: OpenApp): Promise<{ profile: string }> {
    const me = await signIn(backend)
    app.storage.cookies.set(...(me.cookie.split('=') as [string, string]))
    const profile = { ledgerId: me.accountId, kind: 'account', city: 'weifang', createdAt: NOON } as const
    await app.deviceDb.profiles.put(profile)
    return { profile: me.accountId }
  }
})

describe('offers', () => {
  it('stay as they were last told when the backend cannot be asked', async () => {
    let isOffline = false
    const app = await openGuest({
      send: (request) => (isOffline ? Promise.reject(new TypeError('gone')) : backend.fetch(request)),
    })
    expect(app.offers.fetchedAt).toBeUndefined()
    await app.offers.refresh()
    await settle(() => app.offers.fetchedAt !== undefined)
    const told = app.offers.rows
    expect(told.length).toBeGreaterThan(5)
    isOffline = true
    await expect(app.offers.refresh()).rejects.toMatchObject({ code: 'offline' })
    expect(app.offers.rows).toEqual(told)
    expect(app.offers.fetchedAt).toBe(NOON)
  })

  it('are there offline for the next person on the phone too', async () => {
    let isOffline = false
    const app = await openGuest({
      send: (request) => (isOffline ? Promise.reject(new TypeError('gone')) : backend.fetch(request)),
    })
    await app.offers.refresh()
    await settle(() => app.offers.rows.length > 5)
    const first = app.device.current?.ledgerId
    isOffline = true
    await app.people.addGuest('奶奶', 'zibo')
    await settle(() => app.device.current?.ledgerId !== first && app.device.db !== undefined)
    expect(app.offers.rows.length).toBeGreaterThan(5)
  })

  it('that are gone are shown as they were granted, for whoever holds a voucher of them, and can be had no more', async () => {
    const app = await openGuest()
    await app.signIn()
    await app.acts.record(ride())
    await settle(() => app.ledger.projection.available === RIDE_POINTS)
    const offer = await newOffer(backend)
    const id = await app.ledger.act((c) => redeemOffer(c, offer))
    await settle(() => app.offers.vouchers?.length === 1 && app.ledger.projection.held === 50)
    expect(app.offers.vouchers?.[0]).toMatchObject({ id, state: 'active' })
    expect(app.offers.currentOffer(offer.id)).toBeUndefined() // never told on this phone
    expect(app.offers.offerOf(offer.id)).toMatchObject({ titleZh: offer.titleZh, pricePoints: 50 })
    await app.offers.refresh()
    await settle(() => app.offers.currentOffer(offer.id) !== undefined)
    expect(app.offers.offerOf('no-such-offer')).toBeUndefined()
    expect(app.ledger.projection).toMatchObject({ available: RIDE_POINTS - 50, held: 50 })
  })

  it('make a wish for points wait, and ask for them once', async () => {
    const app = await openGuest()
    const offer = await newOffer(backend)
    await app.offers.refresh()
    await app.ledger.act((c) => redeemOffer(c, offer))
    await settle(() => app.ledger.isReady && app.ledger.waiting.length === 1)
    expect(app.ledger.waiting[0]?.decision).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'points_not_enough' }],
    })
    expect(app.ledger.projection.pendingSpend).toBe(0)
  })
})

describe('the end of a session', () => {
  it('signing out is refused while an act waits; given up, the ledger goes, and the backend is told when there is a network', async () => {
    let isOffline = false
    const app = await openGuest({
      send: (request) => (isOffline ? Promise.reject(new TypeError('gone')) : backend.fetch(request)),
    })
    const account = await app.signIn()
    await app.acts.record(ride())
    isOffline = true
    await app.acts.record(claim())
    expect(await app.session.leave()).toMatchObject({ photos: 0, drafts: 0 })
    expect(app.device.current?.ledgerId).toBe(account)
    expect(await app.session.leave({ discards: true })).toBeUndefined()
    await settle(() => app.device.current === undefined)
    expect(app.device.profiles).toEqual([])
    expect((await app.storage.factory.databases()).map(({ name }) => name)).toEqual(['greentrace-device'])
    isOffline = false
    await app.session.endSessions()
    expect(JSON.stringify(await app.deviceDb.facts.toArray())).not.toContain(account)
  })

  it('an account deleted on another phone is said to be so, here and after the next start; its records stay to be read', async () => {
    const number = freshPhone()
    const app = await openGuest()
    const account = await app.signIn(number)
    await app.acts.record(ride())
    await settle(() => app.ledger.projection.available === RIDE_POINTS)
    const other = await signIn(backend, { phone: number })
    expect((await other.call('DELETE', `/api/v1/accounts/${account}`)).status).toBe(200)
    await app.sync.poke()
    expect(app.sync.status).toEqual({ phase: 'deleted' })
    await settle(() => app.ledger.base?.deletedAt !== undefined)
    await app.close()
    apps = apps.filter((each) => each !== app)
    const again = await open({ storage: app.storage, send: () => Promise.reject(new TypeError('gone')) })
    await settle(() => again.ledger.base !== undefined && again.sync.status.phase === 'deleted')
    expect(again.ledger.projection.available).toBe(RIDE_POINTS)
  })

  it('a session ended elsewhere stops the exchange until somebody signs in; what is recorded meanwhile is kept', async () => {
    const number = freshPhone()
    const app = await openGuest()
    const account = await app.signIn(number)
    await settle(() => app.ledger.restoring === undefined)
    const other = await signIn(backend, { phone: number })
    const [device] = (await app.session.devices()).filter(({ isThis }) => isThis)
    await other.call('DELETE', `/api/v1/accounts/${account}/devices/${device?.deviceId}`)
    await app.acts.record(ride())
    await settle(() => app.sync.status.phase === 'signed_out')
    expect(app.ledger.waiting).toHaveLength(1)
    await app.signIn(number)
    await settle(() => app.ledger.projection.available === RIDE_POINTS)
    expect(app.ledger.waiting).toEqual([])
  })

  it('an account deleted here leaves its receipt, signed by a key that the phone trusts', async () => {
    const app = await openGuest()
    const account = await app.signIn()
    await app.acts.record(ride())
    await settle(() => app.ledger.projection.available === RIDE_POINTS)
    const receipt = await app.session.deleteAccount()
    await settle(() => app.device.current === undefined)
    expect(await app.session.readReceipt(receipt)).toMatchObject({ account, records: 1 })
    expect(await app.session.readReceipt(`${receipt.slice(0, -4)}AAAA`)).toBeUndefined()
  })
})

describe('a tab that was open while another recorded', () => {
  it('shows it too', async () => {
    const app = await openGuest()
    const tab = await tabOf(app)
    const id = await recordActivity(tab.context, ride())
    await settle(() => app.ledger.waiting.length === 1)
    expect(app.ledger.waiting[0]?.id).toBe(id)
    tab.close()
  })
})
