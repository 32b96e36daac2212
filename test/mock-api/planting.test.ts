/** A day of planting from its publication to who came: places are never given twice, its holder knows a handle and a number, the person what became of it. */
import { afterEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { sweep } from '../../mock-api/book/sweep.ts'
import type { PlantingDays, PlantingDraft } from '../../src/contract/planting.ts'
import { FEED_EVENT, type PollAnswer } from '../../src/contract/report.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { type PlantingDay, plantingReference } from '../../src/domain/taking-part/planting.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { NOON } from '../support/builders.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { newCommandId } from '../support/commands.ts'
import { end, TestProvider } from '../support/provider.ts'

let backend: Backend
afterEach(() => backend.close())

async function start() {
  backend = await startBackend({ now: NOON, providers: true, samples: false })
  const office = await TestProvider.of(backend, 'planting')
  const me = await signIn(backend, { city: 'weifang' })
  return { office, me }
}

function drafted(given: Partial<PlantingDraft> = {}): PlantingDraft {
  const startsAt = NOON + 6 * DAY_MS
  return {
    ...{ city: 'weifang', titleZh: '浮烟山植侧柏', titleEn: 'Cypresses on Fuyan', places: 2 },
    ...{ placeZh: '东门', placeEn: 'East gate', bringZh: '手套', bringEn: 'Gloves' },
    ...{ startsAt, endsAt: startsAt + 2 * HOUR_MS, cancelBy: startsAt - DAY_MS },
    ...given,
  }
}

async function put(office: TestProvider, id: string, draft: object, headers?: Record<string, string>) {
  return call(backend, {
    method: 'PUT',
    path: `/api/v1/providers/${office.id}/planting-days/${id}`,
    headers: headers ?? (await office.assertion()),
    body: draft,
  })
}

async function published(office: TestProvider, given: Partial<PlantingDraft> = {}): Promise<PlantingDay> {
  const answer = await put(office, 'fuyan', drafted(given))
  expect(answer.status).toBe(200)
  return (await answer.json()) as PlantingDay
}

function join({ id: dayId, provider, startsAt, endsAt, cancelBy }: PlantingDay): CommandOf<'planting.join'> {
  const body = { dayId, provider, startsAt, endsAt, cancelBy }
  return { id: newCommandId(backend), kind: 'planting.join', at: backend.now(), body }
}

function leave(joinId: CommandId, at = backend.now()): CommandOf<'planting.leave'> {
  return { id: newCommandId(backend), kind: 'planting.leave', at, body: { joinId } }
}

async function journalOf(person: Client) {
  const { records } = await person.sync()
  return records.map(({ body, detail }) => ({ ...openBody(body), detail: openDetail(detail) }))
}

async function lastOf(person: Client) {
  const last = (await journalOf(person)).at(-1)
  return [last?.outcome, last?.detail?.reasons?.map(({ code }) => code)]
}

async function daysTold(): Promise<PlantingDays['days']> {
  const answer = await call(backend, { method: 'GET', path: '/api/v1/cities/weifang/planting-days' })
  const { days } = (await answer.json()) as PlantingDays
  // Beside the demo's own.
  return days.filter(({ id }) => !id.startsWith('sample-'))
}

async function told(office: TestProvider, ack: readonly string[] = []) {
  const answer = (await (await office.ask('feed', { ack })).json()) as PollAnswer
  return Object.entries(answer.sets).map(([jti, token]) => ({
    jti,
    ...(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      sub_id: { id: string }
      events: Record<string, unknown>
    }),
  }))
}

const news = (journal: Awaited<ReturnType<typeof journalOf>>) =>
  journal.flatMap(({ kind, detail }) => (kind === 'planting.update' ? [detail?.plantingNews] : []))

function planted(joinId: string) {
  const at = Math.floor(backend.now() / 1000) - 60
  return {
    ...{ reference: plantingReference(joinId), code: 'tree', city: 'weifang' },
    ...{ startedAt: at, endedAt: at, quantity: { value: 2, unit: 'count' } },
  }
}

async function linked(office: TestProvider) {
  const person = await signIn(backend, { city: 'weifang' })
  const { handle, consentId } = await office.link(person)
  return { person, handle, consentId }
}

describe('a day of planting', () => {
  it('goes from the sign-up to the reported trees; its holder is told a handle and a number and nothing else', async () => {
    const { office, me } = await start()
    const { handle } = await office.link(me)
    const day = await published(office)
    const joined = join(day)
    await me.sync([joined])
    expect((await journalOf(me)).at(-1)?.detail?.planting).toEqual(day)
    expect((await daysTold()).map(({ left }) => left)).toEqual([1])
    const [notice] = await told(office)
    expect(notice?.sub_id.id).toBe(handle)
    expect(notice?.events).toEqual({ [FEED_EVENT.joined]: { signUp: joined.id, day: 'fuyan' } })
    expect(await told(office, [notice?.jti ?? ''])).toEqual([])

    backend.now.advance(6 * DAY_MS + 3 * HOUR_MS)
    await office.pushMany([await office.reported(planted(joined.id), handle)])
    const journal = await journalOf(me)
    expect(news(journal)).toEqual(['came'])
    expect(journal.at(-1)?.detail?.planted).toBe(journal.at(-2)?.id)
    expect(journal.find(({ kind }) => kind === 'activity.report')?.detail?.report?.reference).toBe(
      plantingReference(joined.id),
    )
    // What comes after that is late news, and says nothing to anybody.
    const missed = await office.sign(office.claims('planting-absent', { signUp: joined.id }, handle))
    expect((await office.pushMany([missed])).ack).toHaveLength(1)
    expect(news(await journalOf(me))).toEqual(['came'])
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('has a place for nobody whose service is not linked, who has one, or who saw another time', async () => {
    const { office, me } = await start()
    const day = await published(office)
    await me.sync([join(day)])
    expect(await lastOf(me)).toEqual(['refused', ['service_not_linked']])
    await office.link(me)
    await me.sync([join({ ...day, startsAt: day.startsAt + HOUR_MS })])
    expect(await lastOf(me)).toEqual(['refused', ['planting_moved']])
    await me.sync([join({ ...day, id: 'elsewhere' })])
    expect(await lastOf(me)).toEqual(['refused', ['planting_unknown']])
    await me.sync([join(day), join(day)])
    expect(await lastOf(me)).toEqual(['refused', ['planting_joined']])
    backend.now.advance(7 * DAY_MS)
    const { person } = await linked(office)
    await person.sync([join(day)])
    expect(await lastOf(person)).toEqual(['refused', ['planting_begun']])
    expect((await daysTold()).map(({ left }) => left)).toEqual([1])
    // Of each that is published the record says which it was, whatever stood in its way.
    const wishes = (await journalOf(me)).filter(
      ({ kind, outcome }) => kind === 'planting.join' && outcome === 'refused',
    )
    expect(wishes.map(({ detail }) => detail?.planting?.titleZh)).toEqual([
      day.titleZh,
      day.titleZh,
      undefined,
      day.titleZh,
    ])
  })

  it('gives each place once, also to many at the same moment; one that is given back goes to the next', async () => {
    const { office } = await start()
    const day = await published(office)
    const people = []
    for (let count = 0; count < 4; count++) people.push((await linked(office)).person)
    const wishes = people.map((person) => ({ person, wish: join(day) }))
    await Promise.all(wishes.map(({ person, wish }) => person.sync([wish])))
    const outcomes = await Promise.all(people.map(lastOf))
    expect(outcomes.filter(([outcome]) => outcome === 'accepted')).toHaveLength(2)
    expect(outcomes.filter(([outcome]) => outcome === 'refused')).toEqual([
      ['refused', ['planting_full']],
      ['refused', ['planting_full']],
    ])
    const winner = wishes[outcomes.findIndex(([outcome]) => outcome === 'accepted')]
    const loser = people[outcomes.findIndex(([outcome]) => outcome === 'refused')]
    await winner?.person.sync([leave(winner.wish.id)])
    expect((await daysTold()).map(({ left }) => left)).toEqual([1])
    await loser?.sync([join(day)])
    expect(loser && (await lastOf(loser))[0]).toBe('accepted')
    expect((await told(office)).map(({ events }) => Object.keys(events)[0])).toEqual(
      expect.arrayContaining([FEED_EVENT.left, FEED_EVENT.joined]),
    )
    // More places are added, and none is taken away.
    expect((await put(office, 'fuyan', drafted({ places: 3 }))).status).toBe(200)
    expect((await daysTold()).map(({ left }) => left)).toEqual([1])
    expect((await put(office, 'fuyan', drafted({ places: 1 }))).status).toBe(400)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('can be given up until its time, by when it was tapped; after that not', async () => {
    const { office, me } = await start()
    await office.link(me)
    const day = await published(office)
    const joined = join(day)
    await me.sync([joined])
    backend.now.advance(5 * DAY_MS + HOUR_MS)
    await me.sync([leave(joined.id)])
    expect(await lastOf(me)).toEqual(['refused', ['planting_leave_late']])
    await me.sync([leave(newCommandId(backend))])
    expect(await lastOf(me)).toEqual(['refused', ['planting_over']])
  })

  it('that is moved or called off tells everybody who signed up, once, and takes nobody any more', async () => {
    const { office, me } = await start()
    await office.link(me)
    const other = await linked(office)
    const day = await published(office)
    const joined = join(day)
    await me.sync([joined])
    await other.person.sync([join(day)])
    const later = drafted({ startsAt: day.startsAt + HOUR_MS, endsAt: day.endsAt + HOUR_MS })
    await put(office, 'fuyan', later)
    await put(office, 'fuyan', later)
    await sweep(backend.deps)
    const journal = await journalOf(me)
    expect(news(journal)).toEqual(['changed'])
    expect(journal.at(-1)).toMatchObject({
      id: `planting.update:${joined.id}:2`,
      detail: { about: joined.id, planting: { startsAt: later.startsAt, revision: 2 } },
    })
    const calledOff = { noteZh: '大雨', noteEn: 'Heavy rain' }
    expect((await put(office, 'fuyan', { ...later, calledOff })).status).toBe(200)
    expect(news(await journalOf(me))).toEqual(['changed', 'off'])
    expect(news(await journalOf(other.person))).toEqual(['changed', 'off'])
    const { person } = await linked(office)
    await person.sync([join({ ...day, startsAt: later.startsAt, endsAt: later.endsAt })])
    expect(await lastOf(person)).toEqual(['refused', ['planting_off']])
    // What was called off stays so.
    expect((await put(office, 'fuyan', later)).status).toBe(400)
    expect(await daysTold()).toMatchObject([{ calledOff, left: 0 }])
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('is missed by whoever its holder did not meet, which takes nothing from them', async () => {
    const { office, me } = await start()
    const { handle } = await office.link(me)
    const joined = join(await published(office))
    await me.sync([joined])
    const stranger = await linked(office)
    const missedBy = async (as: string) =>
      office.sign(office.claims('planting-absent', { signUp: joined.id }, as))
    await office.pushMany([await missedBy(stranger.handle)])
    expect(news(await journalOf(me))).toEqual([])
    await office.pushMany([await missedBy(handle)])
    const journal = await journalOf(me)
    expect(news(journal)).toEqual(['absent'])
    expect(journal.at(-1)).toMatchObject({ transfers: [], detail: { statement: { provider: 'planting' } } })
  })

  it('is published by nobody but its holder, with an assertion, in its cities and by its codes', async () => {
    const { office } = await start()
    const bikes = await TestProvider.of(backend, 'bike')
    expect((await put(office, 'fuyan', drafted(), {})).status).toBe(401)
    expect((await put(bikes, 'fuyan', drafted())).status).toBe(400)
    expect((await put(office, 'fuyan', drafted({ cancelBy: NOON + 9 * DAY_MS }))).status).toBe(400)
    expect((await put(office, 'Not a day', drafted())).status).toBe(404)
    expect(await daysTold()).toEqual([])
  })

  it('leaves nothing of a deleted account behind, and its place to others', async () => {
    const { office, me } = await start()
    const { consentId } = await office.link(me)
    const day = await published(office, { places: 1 })
    await me.sync([join(day)])
    await me.sync([end(backend, consentId)])
    await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)
    await sweep(backend.deps)
    backend.now.advance(HOUR_MS)
    await sweep(backend.deps)
    expect(await backend.db.query('select 1 from sign_ups /* all accounts */')).toEqual([])
    expect((await daysTold()).map(({ left }) => left)).toEqual([1])
    const { person } = await linked(office)
    await person.sync([join(day)])
    expect((await lastOf(person))[0]).toBe('accepted')
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })
})
