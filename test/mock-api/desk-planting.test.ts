/** Planting days at the desk over HTTP: made and changed by two people, called off by one, told to whoever signed up, and listed as they stand. */
import { afterEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { decideOnProposal } from '../../mock-api/book/proposals.ts'
import { sweep } from '../../mock-api/book/sweep.ts'
import type { DeskPlanting, DeskPlantingDraft } from '../../src/contract/desk/planting.ts'
import type { Proposal } from '../../src/contract/desk/proposals.ts'
import type { PlantingDays } from '../../src/contract/planting.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { breakingDb } from '../support/breaking-db.ts'
import { NOON } from '../support/builders.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { newCommandId } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { uuidFrom } from '../support/ids.ts'
import { operatorWith, type TestOperator } from '../support/operator.ts'
import { TestProvider } from '../support/provider.ts'

describe.each(ENGINES)('planting days at the desk on %s', (engine) => {
  let backend: Backend
  afterEach(() => backend.close())

  async function start() {
    backend = await startBackend({ db: engine, now: NOON, providers: true, samples: false })
    const clerk = await operatorWith(backend, ['catalog'])
    const approver = await operatorWith(backend, ['approver'])
    return { clerk, approver }
  }

  function drafted(given: Partial<DeskPlantingDraft> = {}): DeskPlantingDraft {
    const startsAt = NOON + 6 * DAY_MS
    return {
      ...{ base: 0, provider: 'planting', city: 'weifang', titleZh: '浮烟山植侧柏', titleEn: 'Cypresses' },
      ...{ placeZh: '东门', placeEn: 'East gate', bringZh: '手套', bringEn: 'Gloves', places: 2 },
      ...{ startsAt, endsAt: startsAt + 2 * HOUR_MS, cancelBy: startsAt - DAY_MS },
      ...given,
    }
  }

  const told = async () => {
    const path = '/api/v1/cities/weifang/planting-days'
    const { days } = (await (await call(backend, { method: 'GET', path })).json()) as PlantingDays
    return days.filter(({ id }) => !id.startsWith('sample-'))
  }
  const listed = async (by: TestOperator, query = '') =>
    ((await (await by.call('GET', `/planting-days?find=浮烟山${query}`)).json()) as { rows: DeskPlanting[] })
      .rows
  const open = async (approver: TestOperator) =>
    ((await (await approver.call('GET', '/proposals?state=open')).json()) as { proposals: Proposal[] })
      .proposals
  async function approved(approver: TestOperator): Promise<number> {
    const [{ proposalId = '', digest = '' } = {}] = await open(approver)
    return (await approver.call('POST', `/proposals/${proposalId}`, { verdict: 'approve', digest })).status
  }
  async function published({ clerk, approver }: { clerk: TestOperator; approver: TestOperator }, given = {}) {
    expect((await clerk.call('POST', '/planting-days', drafted(given))).status).toBe(200)
    expect(await approved(approver)).toBe(200)
    const [day] = await told()
    if (!day) throw new Error('nothing was published')
    return day
  }
  async function signedUp(given: Awaited<ReturnType<typeof told>>[number]) {
    const { id: dayId, provider, startsAt, endsAt, cancelBy } = given
    const me = await signIn(backend, { city: 'weifang' })
    await (await TestProvider.of(backend, 'planting')).link(me)
    const body = { dayId, provider, startsAt, endsAt, cancelBy }
    await me.sync([{ id: newCommandId(backend), kind: 'planting.join', at: backend.now(), body }])
    return me
  }
  const newsOf = async (me: Client) =>
    (await me.sync()).records.flatMap(({ detail }) => openDetail(detail)?.plantingNews ?? [])
  const wrong = async (response: Response) => {
    const { code, detail = '' } = (await response.json()) as { code: string; detail?: string }
    return [code, detail.split(':')[0]]
  }

  it('are nobody’s to read until a second person has approved them, and then everybody’s', async () => {
    const { clerk, approver } = await start()
    expect(await (await clerk.call('POST', '/planting-days', drafted())).json()).toHaveProperty('proposalId')
    expect(await told()).toEqual([])
    const [proposal] = await open(clerk)
    expect(proposal).toMatchObject({
      act: 'planting.publish',
      isMine: true,
      mayDecide: false,
      city: 'weifang',
    })
    expect(await approved(clerk)).not.toBe(200)
    expect(await told()).toEqual([])
    expect(await approved(approver)).toBe(200)
    expect(await told()).toMatchObject([
      { titleZh: '浮烟山植侧柏', provider: 'planting', left: 2, revision: 1 },
    ])
    // Whatever is said again is what it was.
    await sweep(backend.deps)
    expect(await told()).toHaveLength(1)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('that are moved tell everybody who signed up, once; the approver has seen what differs', async () => {
    const { clerk, approver } = await start()
    const day = await published({ clerk, approver })
    const me = await signedUp(day)
    const startsAt = day.startsAt + DAY_MS
    const moved = drafted({ id: day.id, base: 1, startsAt, endsAt: startsAt + HOUR_MS, places: 5 })
    expect((await clerk.call('POST', '/planting-days', moved)).status).toBe(200)
    const [proposal] = await open(approver)
    const [before, after] = [proposal?.before, proposal?.payload].map((text) => JSON.parse(text ?? '{}'))
    const differing = Object.keys(after).filter((key) => after[key] !== before[key])
    expect(differing.sort()).toEqual(['endsAt', 'places', 'startsAt'])
    expect(await newsOf(me)).toEqual([])
    await approved(approver)
    await sweep(backend.deps)
    expect(await newsOf(me)).toEqual(['changed'])
    expect(await told()).toMatchObject([{ startsAt, left: 4, places: 5, revision: 2 }])
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('are called off by one person at once, with why, and for good', async () => {
    const { clerk, approver } = await start()
    const day = await published({ clerk, approver })
    const me = await signedUp(day)
    const note = { noteZh: '大雨', noteEn: 'Heavy rain' }
    const path = `/planting-days/${day.id}/call-off`
    expect((await clerk.call('POST', path, { base: 1, note })).status).toBe(204)
    expect(await newsOf(me)).toEqual(['off'])
    expect(await told()).toMatchObject([{ calledOff: note, left: 0 }])
    // Said again, by whomever, it stays as it was said first.
    expect((await clerk.call('POST', path, { base: 1, note: {} })).status).toBe(204)
    expect(await told()).toMatchObject([{ calledOff: note, revision: 2 }])
    const again = await clerk.call('POST', '/planting-days', drafted({ id: day.id, base: 2 }))
    expect(await wrong(again)).toEqual(['malformed', 'id'])
    expect(await listed(clerk, '&state=off')).toHaveLength(1)
    expect(await listed(clerk, '&state=coming')).toEqual([])
  })

  const WRONG: readonly [string, Partial<DeskPlantingDraft>, string][] = [
    ['a city where the organiser reports none', { provider: 'bike' }, 'city'],
    ['nobody who reports here', { provider: 'nobody' }, 'provider'],
    ['an end before its beginning', { endsAt: NOON + 5 * DAY_MS }, 'endsAt'],
    ['two days from beginning to end', { endsAt: NOON + 8 * DAY_MS }, 'endsAt'],
    ['giving up after it began', { cancelBy: NOON + 7 * DAY_MS }, 'cancelBy'],
    [
      'yesterday',
      { startsAt: NOON - DAY_MS, endsAt: NOON - DAY_MS + HOUR_MS, cancelBy: NOON - DAY_MS },
      'startsAt',
    ],
    ['no place', { places: 0 }, 'places'],
    ['no words in English', { bringEn: ' ' }, 'bringEn'],
  ]
  it('with something wrong are refused at the field', async () => {
    const { clerk } = await start()
    for (const [what, given, field] of WRONG) {
      const answer = await clerk.call('POST', '/planting-days', drafted(given))
      expect(await wrong(answer), what).toEqual(['malformed', field])
    }
    expect(await open(clerk)).toEqual([])
  })

  it('are not changed over somebody else’s change, and never have fewer places', async () => {
    const { clerk, approver } = await start()
    const { id } = await published({ clerk, approver })
    const change = (given: object) => clerk.call('POST', '/planting-days', drafted({ id, base: 1, ...given }))
    expect(await wrong(await change({ places: 1 }))).toEqual(['malformed', 'places'])
    expect(await wrong(await change({ city: 'zibo' }))).toEqual(['malformed', 'city'])
    expect((await change({ titleZh: '浮烟山植柏' })).status).toBe(200)
    expect((await change({ titleZh: '浮烟山植松' })).status).toBe(200)
    // The first that is approved stands; the other came to nothing, and says so.
    const statuses = [await approved(approver), await approved(approver)]
    expect(statuses.sort()).toEqual([200, 409])
    expect(await told()).toMatchObject([{ revision: 2 }])
    expect(await wrong(await change({ titleZh: '浮烟山植杨' }))).toEqual(['malformed', 'base'])
    expect(
      await wrong(await clerk.call('POST', `/planting-days/${id}/call-off`, { base: 1, note: {} })),
    ).toEqual(['malformed', 'base'])
  })

  it('that waited for a second person until they had begun come to nothing', async () => {
    const { clerk, approver } = await start()
    await clerk.call(
      'POST',
      '/planting-days',
      drafted({ startsAt: NOON + HOUR_MS, cancelBy: NOON, endsAt: NOON + 2 * HOUR_MS }),
    )
    backend.now.advance(2 * HOUR_MS)
    await approver.stepUp()
    expect(await approved(approver)).toBe(409)
    expect(await told()).toEqual([])
  })

  it('are theirs alone who have the city', async () => {
    const { clerk, approver } = await start()
    const day = await published({ clerk, approver })
    const ofJinan = await operatorWith(backend, [{ role: 'catalog', city: 'jinan' }])
    expect((await ofJinan.call('POST', '/planting-days', drafted())).status).toBe(403)
    expect(
      (await ofJinan.call('POST', '/planting-days', drafted({ id: day.id, base: 1, city: 'jinan' }))).status,
    ).toBe(403)
    expect(
      (await ofJinan.call('POST', `/planting-days/${day.id}/call-off`, { base: 1, note: {} })).status,
    ).toBe(403)
    expect((await clerk.call('POST', '/planting-days/nothing/call-off', { base: 1, note: {} })).status).toBe(
      404,
    )
  })

  it('are finished by the sweeper wherever the process died, and their places are as many as published', async () => {
    const { clerk, approver } = await start()
    await clerk.call('POST', '/planting-days', drafted())
    const [{ proposalId = '', digest = '' } = {}] = await open(approver)
    const rows = await backend.snapshot()
    let isSafe = false
    const acting = { operatorId: approver.operatorId, name: 'approver', sessionKey: 'a session' }
    for (let statement = 1; !isSafe; statement += 2) {
      await backend.restore(rows)
      const db = breakingDb(backend.db)
      db.dieAt(statement, statement % 4 === 1 ? 'before' : 'after')
      const operator = { ...acting, actId: uuidFrom(backend.random) }
      const decision = { proposalId, verdict: 'approve', digest } as const
      isSafe = await decideOnProposal({ ...backend.deps, db }, operator, decision).then(
        () => true,
        () => false,
      )
      backend.now.advance(HOUR_MS)
      await sweep(backend.deps)
      const days = await told()
      // Before the decision is written nothing is; from then on all of it.
      expect(days.length === 0 || (days.length === 1 && days[0]?.left === 2), `statement ${statement}`).toBe(
        true,
      )
      if (isSafe) expect(days).toHaveLength(1)
    }
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })
})
