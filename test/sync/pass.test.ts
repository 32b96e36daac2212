import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appealActivity } from '../../src/actions/appeal-activity.ts'
import { cancelVoucher } from '../../src/actions/cancel-voucher.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { undoActivity } from '../../src/actions/undo-activity.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { readIdleActs } from '../../src/db/idle-acts.ts'
import { readCursor, readMeta, writeMeta } from '../../src/db/meta.ts'
import { enqueue } from '../../src/db/outbox.ts'
import { readHead } from '../../src/db/pieces.ts'
import type { OfferId } from '../../src/domain/base/ids.ts'
import { findActivity } from '../../src/domain/ledger/ledger.ts'
import { IDLE_ACTS_MAX } from '../../src/domain/ledger/ledger-state.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { claim, command, NOON, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { uuidFrom } from '../support/ids.ts'
import { offersTold } from '../support/offers.ts'
import { Phone, type PhoneOptions } from '../support/phone.ts'
import { copyOfDevice, expectRebuildEqual, journalOfBackend } from '../support/same-ledger.ts'
import { readLedger } from '../support/whole-ledger.ts'

const DAY = 24 * 3600_000
let backend: Backend
let phones: Phone[] = []

beforeEach(async () => {
  backend = await startBackend({
    now: NOON,
    limits: { codesPerMinute: { name: 'codes-minute', max: 100, windowMs: 60_000 } },
  })
})
afterEach(async () => {
  for (const phone of phones) phone.close()
  phones = []
  await backend.close()
})

async function open(given: Partial<PhoneOptions> = {}): Promise<Phone> {
  const phone = new Phone({
    now: backend.now,
    newId: () => uuidFrom(backend.random),
    send: (request) => backend.fetch(request),
    ...given,
  })
  phones.push(phone)
  return phone.open()
}

async function signedIn(number = freshPhone(), given: Partial<PhoneOptions> = {}): Promise<Phone> {
  const phone = await open(given)
  await phone.signIn(number)
  return phone
}

const available = async (phone: Phone) =>
  balanceOf((await readLedger(phone.db)).balances, 'points', 'available')
const outcomes = async (phone: Phone) =>
  (await phone.db.entries.orderBy('seq').toArray()).map((entry) => `${entry.kind} ${entry.outcome}`)

/** Changes what the backend answers on /sync, once or for as long as it returns something. */
function tampered(change: (answer: Extract<SyncAnswer, { state: 'ok' }>) => unknown): Partial<PhoneOptions> {
  return {
    async send(request) {
      const response = await backend.fetch(request)
      if (!request.url.endsWith('/sync') || !response.ok) return response
      const answer = (await response.json()) as Extract<SyncAnswer, { state: 'ok' }>
      return Response.json(change(answer) ?? answer)
    },
  }
}

describe('an exchange', () => {
  it('a guest’s acts are adopted at sign-in, confirmed or rejected, and leave the outbox for the journal', async () => {
    const phone = await open()
    await recordActivity(phone.context, claim())
    await recordActivity(
      phone.context,
      claim({ code: 'bus', quantity: { value: 72_000, unit: 'metre' }, startedAt: NOON - 3 * 3600_000 }),
    )
    await recordActivity(phone.context, claim({ startedAt: NOON - 90 * DAY }))
    expect(await phone.signIn(freshPhone())).toBe(3)
    expect(await phone.sync()).toEqual({ state: 'done' })
    const posted = (await outcomes(phone)).filter((each) => each.startsWith('activity'))
    expect(posted).toEqual([
      'activity.record accepted',
      'activity.record adjusted',
      'activity.record rejected',
    ])
    expect(await phone.db.outbox.count()).toBe(0)
    expect(await available(phone)).toBe(500) // 64 by bike, and of 810 by bus what the day's cap of 500 leaves
    await expectRebuildEqual(phone.db)
  })

  it('a second device of the account sees the same ledger, refusals included', async () => {
    const number = freshPhone()
    const first = await signedIn(number)
    await recordActivity(first.context, claim())
    await redeemOffer(first.context, { id: 'no-such-offer' as OfferId, version: 1, pricePoints: 5 } as Offer)
    await first.sync()
    const second = await signedIn(number)
    await second.sync()
    expect(await copyOfDevice(second.db)).toEqual(await copyOfDevice(first.db))
    expect(await outcomes(second)).toContain('voucher.redeem refused')
    expect((await copyOfDevice(first.db)).journal).toEqual(
      await journalOfBackend(backend, first.profile.ledgerId),
    )
  })

  it('a lost answer costs nothing: the same command is answered with its first receipt and counted once', async () => {
    let isLost = true
    const phone = await signedIn(freshPhone(), {
      async send(request) {
        const response = await backend.fetch(request)
        if (request.url.endsWith('/sync') && isLost) throw new Error('the tunnel')
        return response
      },
    })
    await recordActivity(phone.context, claim())
    await expect(phone.sync()).rejects.toMatchObject({ code: 'offline' })
    expect(await phone.db.outbox.count()).toBe(1)
    isLost = false
    await phone.sync()
    expect(await available(phone)).toBe(64)
    expect(await phone.db.outbox.count()).toBe(0)
  })

  it('a command that was lost half-way is sent again in the very same text', async () => {
    const phone = await signedIn()
    const sent: string[] = []
    const spy = await open({
      storage: phone.storage,
      async send(request) {
        sent.push(...((await request.clone().json()) as { commands: string[] }).commands)
        throw new Error('gone')
      },
    })
    await recordActivity(spy.context, claim({ note: '公交 5 路' }))
    const [row] = await spy.db.outbox.toArray()
    await expect(spy.sync()).rejects.toMatchObject({ code: 'offline' })
    await spy.upgrade()
    await expect(spy.sync()).rejects.toMatchObject({ code: 'offline' })
    expect(sent).toEqual([row?.text, row?.text])
  })

  it('a voucher is held for, signed, given back, and its points return after the window', async () => {
    const phone = await signedIn()
    await recordActivity(phone.context, trackedRide(NOON - DAY))
    await phone.sync()
    const offers = await offersTold(phone.transport)
    const cheapest = offers
      .toSorted((a, b) => a.offer.pricePoints - b.offer.pricePoints)
      .find((row) => row.offer.category !== 'donation')
    if (!cheapest) throw new Error('no offer')
    const id = await redeemOffer(phone.context, cheapest.offer as Offer)
    await phone.sync()
    expect(await phone.db.vouchers.get(id)).toMatchObject({
      state: 'active',
      code: expect.stringMatching(/^[0-9A-Z]{4}( [0-9A-Z]{4}){4}$/),
    })
    expect(await available(phone)).toBe(356 - cheapest.offer.pricePoints)
    await cancelVoucher(phone.context, id)
    await phone.sync()
    expect((await phone.db.vouchers.get(id))?.state).toBe('returning')
    backend.now.advance(73 * 3600_000)
    await backend.sweep()
    await phone.sync()
    expect((await phone.db.vouchers.get(id))?.state).toBe('returned')
    expect(await available(phone)).toBe(356)
    await expectRebuildEqual(phone.db)
  })

  it('taking an act back and appealing one reach the backend, and the rows say so', async () => {
    const phone = await signedIn()
    const kept = await recordActivity(phone.context, trackedRide(NOON - DAY))
    const old = await recordActivity(phone.context, claim({ startedAt: NOON - 50 * DAY }))
    await phone.sync()
    await undoActivity(phone.context, kept)
    await appealActivity(phone.context, { activityId: old, note: '手机坏了三周' })
    await phone.sync()
    expect(await available(phone)).toBe(0)
    expect((await phone.db.entries.where('id').equals(kept).first())?.later).toBe('withdrawn')
    expect((await phone.db.entries.where('id').equals(old).first())?.later).toBe('appealed')
    await expectRebuildEqual(phone.db)
  })

  it('1,200 acts recorded offline arrive in order, in batches that the backend takes', async () => {
    const phone = await signedIn()
    const ids: string[] = []
    for (let i = 0; i < 1200; i++) {
      const asked = command(
        'activity.record',
        claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' }, startedAt: NOON - i * 60_000 }),
      )
      ids.push(asked.id)
      await enqueue(phone.db, asked)
    }
    await phone.sync()
    const posted = (await phone.db.entries.orderBy('seq').toArray())
      .filter((entry) => entry.kind === 'activity.record')
      .map((entry) => entry.id)
    expect(posted).toEqual(ids)
    await expectRebuildEqual(phone.db)
  })
})

describe('what does not fit', () => {
  const faults: { what: string; change: Parameters<typeof tampered>[0]; fault: string }[] = [
    {
      what: 'a record left out',
      change: (answer) => ({ ...answer, records: answer.records.slice(1) }),
      fault: 'gap',
    },
    {
      what: 'a changed amount',
      change: (answer) => ({
        ...answer,
        records: answer.records.map((record) => ({
          ...record,
          body: record.body.replace('"amount":64', '"amount":65'),
        })),
      }),
      fault: 'hash',
    },
    {
      what: 'a changed detail',
      change: (answer) => ({
        ...answer,
        records: answer.records.map(({ detail, ...record }) =>
          detail ? { ...record, detail: detail.replace('bike', 'walk') } : record,
        ),
      }),
      fault: 'detail',
    },
    {
      what: 'a forged head',
      change: (answer) => ({ ...answer, head: `${answer.head.slice(0, -6)}AAAAAA` }),
      fault: 'signature',
    },
    {
      what: 'a page cut short under the head of a longer one',
      change: (answer) => ({ ...answer, records: answer.records.slice(0, -1) }),
      fault: 'head',
    },
  ]

  it.each(faults)(
    '$what is shown as a fault of the $fault, and nothing of the page is applied',
    async ({ change, fault }) => {
      const number = freshPhone()
      const writer = await signedIn(number)
      await recordActivity(writer.context, claim())
      await recordActivity(writer.context, claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } }))
      await writer.sync()
      const reader = await signedIn(number, tampered(change))
      await recordActivity(
        reader.context,
        claim({ code: 'clean-plate', quantity: { value: 1, unit: 'count' } }),
      )
      expect(await reader.sync()).toEqual({ state: 'faulty', fault })
      expect(await reader.db.journal.count()).toBe(0)
      expect(await reader.db.outbox.count()).toBe(1)
    },
  )

  it('a malformed or unknown command is deferred and shown, and blocks no other', async () => {
    const phone = await signedIn()
    const { id: strange } = command('activity.record', claim())
    await phone.db.outbox.add({
      id: strange,
      state: 'queued',
      text: canonicalJson({ id: strange, kind: 'moon.walk', at: NOON, body: {} }),
    })
    await recordActivity(phone.context, claim())
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(await available(phone)).toBe(64)
    expect(await phone.db.outbox.toArray()).toMatchObject([{ id: strange, state: 'deferred' }])
  })

  it('a row whose id the backend cannot make out is deferred, and not asked for without end', async () => {
    let asked = 0
    const phone = await signedIn(freshPhone(), {
      async send(request) {
        if (request.url.endsWith('/sync')) asked++
        return backend.fetch(request)
      },
    })
    await phone.db.outbox.add({ id: 'strange', state: 'queued', text: 'not a command' })
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(asked).toBe(1)
    expect(await phone.db.outbox.toArray()).toMatchObject([{ id: 'strange', state: 'deferred' }])
  })

  it('rows derived by an older app are made anew before anything is added to them', async () => {
    const phone = await signedIn()
    await recordActivity(phone.context, claim())
    await phone.sync()
    const derived = (await copyOfDevice(phone.db)).derived
    await phone.db.days.clear()
    await writeMeta(phone.db, 'derivedVersion', 0)
    await phone.sync()
    expect((await copyOfDevice(phone.db)).derived).toBe(derived)
  })

  it('a waiting appeal of an act that the fold has let go is estimated by the act’s row', async () => {
    const phone = await signedIn()
    const first = await recordActivity(phone.context, claim({ startedAt: NOON - 80 * DAY }))
    for (let i = 0; i < IDLE_ACTS_MAX; i++)
      await recordActivity(phone.context, claim({ startedAt: NOON - 80 * DAY }))
    await phone.sync()
    expect(findActivity(await readLedger(phone.db), first)).toBeUndefined()
    await appealActivity(phone.context, { activityId: first, note: '当时在山里' })
    const outbox = await phone.db.outbox.toArray()
    const [found] = await readIdleActs(phone.db, outbox)
    expect(found?.act).toMatchObject({ id: first, outcome: 'rejected' })
    await phone.sync()
    expect((await outcomes(phone)).at(-1)).toBe('activity.appeal review')
    expect(await readIdleActs(phone.db, await phone.db.outbox.toArray())).toEqual([])
  })

  it('a ledger of another fold is folded anew before anything is decided upon it', async () => {
    const phone = await signedIn()
    await recordActivity(phone.context, claim())
    await phone.sync()
    const derived = (await copyOfDevice(phone.db)).derived
    const { fold: _, ...older } = await readHead(phone.db)
    await writeMeta(phone.db, 'ledger', { ...older, weekPoints: { '2026-11-16': 999 } })
    await phone.reopen()
    expect((await copyOfDevice(phone.db)).derived).toBe(derived)
  })

  it('a page is not stored upon rows that another build made while it was under way', async () => {
    let isOlderTab = false
    const phone: Phone = await signedIn(freshPhone(), {
      async send(request) {
        const response = await backend.fetch(request)
        if (isOlderTab && request.url.endsWith('/sync')) {
          isOlderTab = false
          await phone.db.days.clear()
          await writeMeta(phone.db, 'derivedVersion', 3)
        }
        return response
      },
    })
    await recordActivity(phone.context, claim({ startedAt: NOON - DAY }))
    await phone.sync()
    isOlderTab = true
    await recordActivity(phone.context, claim())
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(await phone.db.days.count()).toBe(2)
    await expectRebuildEqual(phone.db)
  })

  it('a batch that is too large is halved down to the command that makes it so', async () => {
    const phone = await signedIn(freshPhone(), {
      async send(request) {
        const isPoisoned = request.url.endsWith('/sync') && (await request.clone().text()).includes('毒')
        return isPoisoned
          ? Response.json(
              { type: 'about:blank', title: 'x', status: 413, code: 'too_large' },
              { status: 413 },
            )
          : backend.fetch(request)
      },
    })
    for (let i = 0; i < 9; i++) {
      await recordActivity(
        phone.context,
        claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' }, note: i === 5 ? '毒' : '好' }),
      )
    }
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(await phone.db.outbox.toArray()).toMatchObject([{ state: 'deferred', problem: 'too_large' }])
    expect((await outcomes(phone)).filter((each) => each.startsWith('activity')).length).toBe(8)
  })

  it('a backend that is simply down defers nothing', async () => {
    const phone = await signedIn()
    await recordActivity(phone.context, claim())
    const down = await open({
      storage: phone.storage,
      send: async () => new Response('<h1>502</h1>', { status: 502 }),
    })
    await expect(down.sync()).rejects.toMatchObject({ code: 'busy' })
    expect(await down.db.outbox.toArray()).toMatchObject([{ state: 'queued' }])
  })

  it('a backend that breaks whatever it is asked, a pull too, defers nothing', async () => {
    const phone = await signedIn()
    await recordActivity(phone.context, claim())
    const problem = { type: 'about:blank', title: 'x', status: 500, code: 'internal' }
    const broken = await open({
      storage: phone.storage,
      send: async () => Response.json(problem, { status: 500 }),
    })
    await expect(broken.sync()).rejects.toMatchObject({ code: 'internal' })
    expect(await broken.db.outbox.toArray()).toMatchObject([{ state: 'queued' }])
    expect(await phone.use().sync()).toEqual({ state: 'done' })
    expect(await phone.db.outbox.count()).toBe(0)
  })

  it('a portal’s page in place of an answer changes nothing', async () => {
    const phone = await signedIn()
    await recordActivity(phone.context, claim())
    const portal = await open({
      storage: phone.storage,
      send: async () => new Response('<html>Welcome to the train</html>'),
    })
    await expect(portal.sync()).rejects.toMatchObject({ code: 'unreadable' })
    expect(await portal.db.outbox.count()).toBe(1)
  })

  it.each([1970, 2090])(
    'a phone whose clock stands in %i loses nothing: its acts are timed by how long its page has run',
    async (year) => {
      const wrong = Date.UTC(year, 5, 1)
      const phone = await signedIn(freshPhone(), { now: () => wrong, uptime: backend.now })
      await recordActivity(phone.context, claim({ startedAt: wrong - 3600_000 }))
      backend.now.advance(DAY)
      await phone.sync()
      const [entry] = await phone.db.entries
        .where('group')
        .equals('travel')
        .toArray()
        .catch(() => phone.db.entries.filter((each) => each.kind === 'activity.record').toArray())
      expect(entry).toMatchObject({ outcome: 'accepted', occurredAt: NOON - 3600_000 })
      expect(await phone.db.outbox.count()).toBe(0)
    },
  )
})

describe('two tabs', () => {
  it('sync at once without doubling or losing a record', async () => {
    const phone = await signedIn()
    const tab = await open({ storage: phone.storage })
    for (let i = 0; i < 20; i++) {
      await recordActivity(
        (i % 2 ? tab : phone).context,
        claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' }, startedAt: NOON - i * DAY }),
      )
    }
    await Promise.all([phone.sync(), tab.sync()])
    await phone.sync()
    expect(await phone.db.outbox.count()).toBe(0)
    expect((await copyOfDevice(phone.db)).journal).toEqual(
      await journalOfBackend(backend, phone.profile.ledgerId),
    )
    await expectRebuildEqual(phone.db)
  })
})

describe('a backend restored from an old backup', () => {
  it('takes over what the phone proves that it has lost, and the phone says so: nothing acknowledged is lost', async () => {
    const phone = await signedIn()
    await recordActivity(phone.context, claim())
    await phone.sync()
    const backup = await backend.snapshot()
    const lost = [
      await recordActivity(phone.context, claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } })),
      await recordActivity(
        phone.context,
        claim({ code: 'clean-plate', quantity: { value: 1, unit: 'count' } }),
      ),
    ]
    await phone.sync()
    const before = await available(phone)
    await backend.restore(backup)
    const late = await recordActivity(
      phone.context,
      claim({ code: 'no-cutlery', quantity: { value: 1, unit: 'count' } }),
    )
    expect(await phone.sync()).toEqual({ state: 'done' })
    const ids = (await phone.db.entries.orderBy('seq').toArray()).map((entry) => entry.id)
    expect(ids.filter((id) => [...lost, late].includes(id as typeof late))).toEqual([...lost, late])
    expect(await available(phone)).toBe(before + 10)
    expect(await readMeta(phone.db, 'forkNotice')).toMatchObject({ restored: 2, requeued: 0, lost: 0 })
    expect((await copyOfDevice(phone.db)).journal).toEqual(
      await journalOfBackend(backend, phone.profile.ledgerId),
    )
    await expectRebuildEqual(phone.db)
  })

  it('dying at any storage step of the recovery, the next start ends it the same way', async () => {
    const phone = await signedIn()
    await recordActivity(phone.context, claim())
    await phone.sync()
    const backup = await backend.snapshot()
    const lost = await recordActivity(
      phone.context,
      claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } }),
    )
    await phone.sync()
    await backend.restore(backup)
    for (let steps = 1; steps < 400; steps += 3) {
      phone.crashAfter(steps)
      const isDone = await phone.sync().then(
        () => true,
        () => false,
      )
      await phone.reopen()
      const isKept =
        (await phone.db.outbox.where('id').equals(lost).count()) +
        (await phone.db.journal.where('id').equals(lost).count())
      expect(isKept).toBeGreaterThan(0)
      if (isDone) break
    }
    await phone.sync()
    expect((await phone.db.entries.orderBy('seq').toArray()).map((entry) => entry.id)).toContain(lost)
    expect((await readCursor(phone.db)).seq).toBe(
      (await journalOfBackend(backend, phone.profile.ledgerId)).length,
    )
  })
})
