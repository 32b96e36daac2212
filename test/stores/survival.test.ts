/** The site's data goes under the open page, or the ledger in another tab: what was acknowledged is written anew, and the person is told. */
import type { Dexie } from 'dexie'
import { forceCloseDatabase } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sha256Hex } from '../../mock-api/base/hash.ts'
import { nominateCase } from '../../src/actions/nominate-case.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import type { LedgerDb } from '../../src/db/database.ts'
import { NO_KEEPSAKES } from '../../src/db/keepsakes.ts'
import { readMeta } from '../../src/db/meta.ts'
import { useCardsStore } from '../../src/stores/cards.ts'
import { useLogDraftStore } from '../../src/stores/log-draft.ts'
import { useSurvivalStore } from '../../src/stores/survival.ts'
import { keepVoiceDraft, readVoiceDraft } from '../../src/stores/voice.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { claim, NOON, trackedRide } from '../support/builders.ts'
import { Phone } from '../support/phone.ts'
import { type OpenApp, openApp, settle } from './app.ts'

let backend: Backend
let app: OpenApp
beforeEach(async () => {
  backend = await startBackend({ now: NOON })
  app = await openApp(backend)
  await app.device.chooseCity('weifang')
  await settle(() => app.ledger.base !== undefined)
})
afterEach(async () => {
  await app.close()
  await backend.close()
})

/** As "clear site data" does it: connections end by force, then every database is gone. */
async function clearSiteData(names?: RegExp): Promise<void> {
  const dbs = [app.deviceDb, app.device.db as Dexie].filter(({ name }) => !names || names.test(name))
  for (const db of dbs) forceCloseDatabase(db.backendDB() as never)
  const gone = dbs.map(
    ({ name }) =>
      new Promise((resolve) => {
        app.storage.factory.deleteDatabase(name).onsuccess = resolve
      }),
  )
  await Promise.all(gone)
}

const waitingIds = () => app.ledger.waiting.map(({ id }) => id as string).toReversed()

describe('site data cleared under an open page', () => {
  it('of a guest: every act is still there, the next one too, and the person is told', async () => {
    const ids = [await app.acts.record(claim()), await app.acts.record(claim())]
    await app.ledger.setGoal(12_000)
    await settle(() => app.ledger.waiting.length === 2 && app.ledger.base?.goalGrams === 12_000)
    const before = app.device.current?.ledgerId
    await clearSiteData()
    ids.push(await app.acts.record(claim()))
    const survival = useSurvivalStore()
    await settle(() => survival.cleared !== undefined && app.ledger.waiting.length === 3)
    expect(waitingIds()).toEqual(ids)
    expect(survival.cleared).toEqual({ rewritten: 2, photos: 0, isGuest: true })
    expect(app.device.current?.ledgerId).toBe(before)
    expect(app.ledger.base?.goalGrams).toBe(12_000)
    const next = await new Phone({
      storage: app.storage,
      now: backend.now,
      newId: () => '',
      send: backend.fetch,
    }).open()
    expect((await next.db.outbox.orderBy('n').toArray()).map(({ id }) => id)).toEqual(ids)
    next.close()
  })

  it('photos on their way, cards and words that were begun are written anew as well', async () => {
    const bytes = new Uint8Array([0xff, 0xd8, 0xff, 7])
    const photo = { digest: sha256Hex(bytes), type: 'image/jpeg', bytes: 4, base64: '/9j/Bw==' } as const
    const id = await app.ledger.act((context) =>
      nominateCase(context, { city: 'weifang', title: '菜园', text: '屋顶' }, photo),
    )
    const cards = useCardsStore()
    await cards.miss('weifang:1')
    const draft = { kind: 'feedback.send', city: 'weifang', text: '多种树' } as const
    await keepVoiceDraft(app.device.db as LedgerDb, draft)
    await settle(() => app.ledger.waiting.length === 1 && cards.states['weifang:1'] !== undefined)
    const card = cards.states['weifang:1']
    const survival = useSurvivalStore()
    const isRemembered = () => {
      const { photos, drafts, cards: known } = survival.keepsakes ?? NO_KEEPSAKES
      return photos.length === 1 && drafts.length === 1 && known['weifang:1'] !== undefined
    }
    await settle(isRemembered)
    await clearSiteData()
    await settle(() => survival.cleared !== undefined)
    expect(survival.cleared).toEqual({ rewritten: 1, photos: 0, isGuest: true })
    const db = app.device.db as LedgerDb
    expect(await db.photos.toArray()).toMatchObject([{ id, base64: '/9j/Bw==', state: 'waiting' }])
    expect(await readMeta(db, 'cards')).toEqual({ 'weifang:1': card })
    expect(await readVoiceDraft(db, draft)).toEqual(draft)
    // And once more: the memory follows the new database.
    await settle(isRemembered)
    survival.dismiss()
    await clearSiteData()
    await settle(() => survival.cleared !== undefined)
    expect(await db.photos.count()).toBe(1)
  })

  it('is noticed before anybody taps', async () => {
    await app.acts.record(claim())
    await settle(() => app.ledger.waiting.length === 1)
    await clearSiteData()
    const survival = useSurvivalStore()
    await settle(() => survival.cleared?.rewritten === 1)
    expect(app.ledger.waiting).toHaveLength(1)
  })

  it('an act that was begun before, and whose database is closed for the new one, is recorded all the same', async () => {
    const survival = useSurvivalStore()
    let times = 0
    const id = await app.ledger.act(async (context) => {
      if (++times > 1) return recordActivity(context, claim())
      await clearSiteData()
      await settle(() => survival.cleared !== undefined && !context.db.guard.isCleared)
      throw new DOMException('Database has been closed', 'DatabaseClosedError')
    })
    await settle(() => app.ledger.waiting.length === 1)
    expect(waitingIds()).toEqual([id])
    const fails = vi.fn(() => Promise.reject(new Error('of its own')))
    await expect(app.ledger.act(fails)).rejects.toThrow('of its own')
    expect(fails).toHaveBeenCalledOnce()
  })

  it('of one ledger alone is told, and its acts are written anew', async () => {
    await app.acts.record(claim())
    await settle(() => app.ledger.waiting.length === 1)
    await clearSiteData(/ledger/)
    await settle(() => useSurvivalStore().cleared !== undefined)
    expect(await app.device.db?.outbox.count()).toBe(1)
  })

  it('of an account: what was posted comes back from the backend, what was not is sent', async () => {
    await app.signIn()
    await app.acts.record(trackedRide(NOON - 5 * 3600_000))
    await settle(() => app.ledger.base?.ledger.seq === 1)
    await clearSiteData()
    await app.acts.record(claim({ note: '之后' }))
    await settle(() => app.ledger.base?.ledger.seq === 2 && app.ledger.waiting.length === 0)
    expect(app.ledger.restoring).toBeUndefined()
    expect(useSurvivalStore().cleared?.isGuest).toBe(false)
  })
})

describe('a ledger that was signed out in another tab', () => {
  it('is said to be so, and what was being filled in waits for its person', async () => {
    const account = await app.signIn()
    const { draft } = useLogDraftStore()
    Object.assign(draft, { code: 'bike', km: 7.3 })
    await app.deviceDb.profiles.delete(account)
    const survival = useSurvivalStore()
    await settle(() => survival.isLeftElsewhere)
    expect(draft.km).toBeNull()
    await app.deviceDb.profiles.add({ ledgerId: account, kind: 'account', city: 'weifang', createdAt: NOON })
    await settle(() => draft.km === 7.3)
  })

  it('in this tab leaves nothing behind, and is no surprise', async () => {
    await app.signIn()
    const { draft } = useLogDraftStore()
    draft.km = 9
    expect(await app.session.leave()).toBeUndefined()
    await settle(() => app.device.current === undefined)
    expect([draft.km, useSurvivalStore().isLeftElsewhere]).toEqual([null, false])
  })
})

describe('a phone without a ledger', () => {
  it('is new until a city was chosen, also while the new ledger’s first read is still to come', async () => {
    const survival = useSurvivalStore()
    await app.deviceDb.transaction('rw', app.deviceDb.profiles, app.deviceDb.facts, async () => {
      await app.deviceDb.profiles.clear()
      await app.deviceDb.facts.delete('currentLedgerId')
    })
    await settle(() => app.device.current === undefined)
    expect(survival.isNew()).toBe(true)
    vi.stubGlobal('localStorage', { getItem: () => 'weifang' })
    expect(survival.isNew()).toBe(false)
    vi.unstubAllGlobals()
  })
})
