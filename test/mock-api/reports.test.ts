/** Services that report: from a linked handle to a record in the person's journal, and nothing for anybody else. */
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { countEvents } from '../../mock-api/storage/provider-events.ts'
import { FEED_EVENT, type PollAnswer, type SetError } from '../../src/contract/report.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, monthOf } from '../../src/domain/base/time.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { claimId } from '../../src/proof/act-ids.ts'
import { REPORT_TYP } from '../../src/proof/report-token.ts'
import { type Backend, type BackendOptions, startBackend } from '../support/backend.ts'
import { NOON } from '../support/builders.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { end, give, jtiOf, ride, TestProvider } from '../support/provider.ts'

let backend: Backend
afterEach(() => backend.close())

async function start(options: BackendOptions = {}) {
  backend = await startBackend({ now: NOON, providers: true, samples: false, ...options })
  const bike = await TestProvider.of(backend)
  const me = await signIn(backend, { city: 'weifang' })
  return { bike, me }
}

async function journalOf(person: Client) {
  const { records } = await person.sync()
  return records.map(({ body, detail }) => ({ ...openBody(body), detail: openDetail(detail) }))
}

it('a linked bike reports a ride, and the person has it with all that explains it', async () => {
  const { bike, me } = await start()
  const { handle } = await bike.link(me)
  backend.now.advance(HOUR_MS)
  const said = await bike.push(await bike.reported(ride(backend), handle))
  expect(said.status).toBe(202)
  const [, report] = await journalOf(me)
  expect(report).toMatchObject({
    kind: 'activity.report',
    outcome: 'accepted',
    detail: { by: { actor: 'provider' }, report: { provider: 'bike' }, assessment: { code: 'bike' } },
  })
  expect(report?.detail?.assessment?.rewardGrams).toBeGreaterThan(0)
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})

const statesOf = async () =>
  Object.fromEntries((await countEvents(backend.db)).map(({ state, count }) => [state, count]))

async function linked(options: BackendOptions = {}) {
  const { bike, me } = await start(options)
  const { handle, consentId } = await bike.link(me)
  backend.now.advance(HOUR_MS)
  return { bike, me, handle, consentId }
}

const kindsOf = async (person: Client) => (await journalOf(person)).map(({ kind }) => kind)

describe('a token that is not right', () => {
  const wrong: readonly (readonly [string, SetError, (made: Made) => Promise<string>])[] = [
    [
      'is for another backend',
      'invalid_audience',
      ({ bike, handle }) => bike.reported(ride(backend), handle, { aud: 'urn:other' }),
    ],
    [
      'says that another provider sent it',
      'invalid_issuer',
      ({ bike, handle }) => bike.reported(ride(backend), handle, { iss: 'metro' }),
    ],
    [
      'is signed by another provider',
      'invalid_key',
      async ({ bike, metro, handle }) =>
        bike.sign(bike.claims('act-reported', ride(backend), handle), { key: metro.key }),
    ],
    [
      'names a key that did not sign it',
      'authentication_failed',
      async ({ bike, metro, handle }) =>
        bike.sign(bike.claims('act-reported', ride(backend), handle), {
          key: { ...metro.key, kid: bike.key.kid },
        }),
    ],
    [
      'is not signed at all',
      'wrong_algorithm',
      async ({ bike, handle }) => unsigned(bike.claims('act-reported', ride(backend), handle), bike.key.kid),
    ],
    [
      'is of another type',
      'wrong_type',
      ({ bike, handle }) => bike.sign(bike.claims('act-reported', ride(backend), handle), { typ: 'JWT' }),
    ],
    [
      'tells of what is still to come',
      'wrong_time',
      ({ bike, handle }) =>
        bike.reported(ride(backend, { endedAt: Math.floor(backend.now() / 1000) + 3600 }), handle),
    ],
    [
      'was signed in the future',
      'wrong_time',
      ({ bike, handle }) =>
        bike.reported(ride(backend), handle, { iat: Math.floor(backend.now() / 1000) + 3600 }),
    ],
    [
      'ends before it begins',
      'wrong_time',
      ({ bike, handle }) => bike.reported(ride(backend, { endedAt: 1 }), handle),
    ],
    [
      'tells of an act that is not its provider’s',
      'code_not_declared',
      ({ bike, handle }) => bike.reported(ride(backend, { code: 'bus' }), handle),
    ],
    [
      'has a length below nothing',
      'invalid_request',
      ({ bike, handle }) => bike.reported(ride(backend, { quantity: { value: -1, unit: 'metre' } }), handle),
    ],
    [
      'tells of a place',
      'invalid_request',
      ({ bike, handle }) => bike.reported(ride(backend, { lat: 36 }), handle),
    ],
    ['is no token', 'invalid_request', async () => 'hello'],
  ]

  interface Made {
    readonly bike: TestProvider
    readonly metro: TestProvider
    readonly handle: string
  }

  it('is refused by its name, and nothing of it is stored', async () => {
    const { bike, me, handle } = await linked()
    const metro = await TestProvider.of(backend, 'metro')
    for (const [what, err, make] of wrong) {
      const answer = await bike.push(await make({ bike, metro, handle }))
      expect(answer.status, what).toBe(400)
      expect(await answer.json(), what).toMatchObject({ err, description: expect.any(String) })
    }
    expect(await statesOf()).toEqual({})
    expect(await kindsOf(me)).toEqual(['consent.give'])
  })

  it('in a city that is not its provider’s is refused, too', async () => {
    backend = await startBackend({ now: NOON, providers: true, samples: false })
    const metro = await TestProvider.of(backend, 'metro')
    const me = await signIn(backend)
    const { handle } = await metro.link(me)
    const ridden = ride(backend, { code: 'metro', city: 'weifang' })
    expect(await (await metro.push(await metro.reported(ridden, handle))).json()).toMatchObject({
      err: 'city_not_declared',
    })
  })

  it('by a key that has ended or was revoked says so', async () => {
    const { bike, handle } = await linked()
    await backend.deps.providers.revokeKey(bike.key.kid)
    const token = await bike.reported(ride(backend), handle)
    expect(await (await bike.push(token)).json()).toMatchObject({ err: 'key_revoked' })
    const metro = await TestProvider.of(backend, 'metro')
    backend.now.advance(3651 * DAY_MS)
    expect(await (await metro.push(await metro.reported(ride(backend), handle))).json()).toMatchObject({
      err: 'key_expired',
    })
  })

  it('can be tried before it is sent: the self-test says the same, and stores nothing', async () => {
    const { bike, handle } = await linked()
    const check = async (token: string) =>
      (
        await backend.fetch(
          new Request('http://localhost:4173/api/v1/providers/bike/check', { method: 'POST', body: token }),
        )
      ).json()
    const good = await bike.reported(ride(backend), handle)
    expect(await check(good)).toEqual({ event: 'act-reported', jti: jtiOf(good) })
    const bad = await bike.reported(ride(backend, { code: 'bus' }), handle)
    expect(await check(bad)).toMatchObject({ refused: { err: 'code_not_declared' } })
    expect(await statesOf()).toEqual({})
  })

  it('stops no other of the same push', async () => {
    const { bike, me, handle } = await linked()
    const good = await bike.reported(ride(backend), handle)
    const bad = await bike.reported(ride(backend, { code: 'bus' }), handle)
    const answer = await bike.pushMany([bad, good])
    expect(answer.ack).toEqual([jtiOf(good)])
    expect(answer.setErrs).toEqual({ [jtiOf(bad)]: expect.objectContaining({ err: 'code_not_declared' }) })
    expect(await kindsOf(me)).toEqual(['consent.give', 'activity.report'])
  })
})

describe('a body that is not right', () => {
  it('of 600 tokens is told how many there may be, and stores none', async () => {
    const { bike, handle } = await linked()
    const token = await bike.reported(ride(backend), handle)
    const sets = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`jti-${n}`, token]))
    const answer = await bike.ask('events', { sets })
    expect(answer.status).toBe(413)
    expect(await statesOf()).toEqual({})
  })

  it('that calls a token by another name is told which', async () => {
    const { bike, handle } = await linked()
    const answer = await bike.ask('events', { sets: { other: await bike.reported(ride(backend), handle) } })
    expect(await answer.json()).toMatchObject({ ack: [], setErrs: { other: { err: 'jti_mismatch' } } })
  })

  it('for a provider that nobody knows is found nowhere', async () => {
    const { bike } = await start()
    const nobody = await backend.fetch(
      new Request('http://localhost:4173/api/v1/providers/nobody/events', {
        method: 'POST',
        body: '{"sets":{}}',
      }),
    )
    expect([bike.id, nobody.status]).toEqual(['bike', 404])
  })
})

describe('a report that comes again', () => {
  it('is acknowledged again and counts once', async () => {
    const { bike, me, handle } = await linked()
    const token = await bike.reported(ride(backend), handle)
    expect((await bike.push(token)).status).toBe(202)
    expect((await bike.push(token)).status).toBe(202)
    expect((await bike.pushMany([token])).ack).toEqual([jtiOf(token)])
    expect(await kindsOf(me)).toEqual(['consent.give', 'activity.report'])
    expect(await statesOf()).toEqual({ posted: 1 })
  })

  it('with other bytes under the same id is refused, and the operator is told', async () => {
    const told: string[] = []
    const { bike, handle } = await linked({ log: (_, event) => void told.push(event) })
    await bike.push(await bike.reported(ride(backend), handle, { jti: 'same' }))
    const again = await bike.push(await bike.reported(ride(backend), handle, { jti: 'same' }))
    expect(await again.json()).toMatchObject({ err: 'jti_reused' })
    expect(told).toContain('report id reused')
  })

  it('under another id is the same act, and counts once', async () => {
    const { bike, me, handle } = await linked()
    const ridden = ride(backend)
    await bike.push(await bike.reported(ridden, handle))
    await bike.push(await bike.reported(ridden, handle))
    expect(await kindsOf(me)).toEqual(['consent.give', 'activity.report'])
    expect(await statesOf()).toEqual({ posted: 1, dropped: 1 })
  })

  it('of another person is a failed event, and the operator is told', async () => {
    const told: string[] = []
    const { bike, handle } = await linked({ log: (_, event) => void told.push(event) })
    const other = await signIn(backend)
    const theirs = await bike.link(other)
    backend.now.advance(HOUR_MS)
    const ridden = ride(backend)
    await bike.push(await bike.reported(ridden, handle))
    expect((await bike.push(await bike.reported(ridden, theirs.handle))).status).toBe(202)
    expect(await statesOf()).toEqual({ posted: 1, failed: 1 })
    expect(await kindsOf(other)).toEqual(['consent.give'])
    expect(told).toContain('one act reported of two')
  })
})

describe('a report for nobody', () => {
  it('is answered like any other, whoever it is not for, and nothing of it is kept', async () => {
    const { bike, me, handle, consentId } = await linked()
    const gone = await signIn(backend)
    const theirs = await bike.link(gone)
    await gone.call('DELETE', `/api/v1/accounts/${gone.accountId}`)
    await me.sync([end(backend, consentId)])
    backend.now.advance(HOUR_MS)
    for (const nobody of ['0'.repeat(32), theirs.handle, handle]) {
      const answer = await bike.push(await bike.reported(ride(backend), nobody))
      expect([answer.status, await answer.text()]).toEqual([202, ''])
    }
    expect(await statesOf()).toEqual({})
    expect(await kindsOf(me)).toEqual(['consent.give', 'consent.withdraw'])
  })

  it('who did not agree yet when it happened is dropped without a trace', async () => {
    const { bike, me, handle } = await linked()
    const early = Math.floor((NOON - HOUR_MS) / 1000)
    await bike.push(await bike.reported(ride(backend, { startedAt: early, endedAt: early + 600 }), handle))
    expect(await kindsOf(me)).toEqual(['consent.give'])
    expect(await statesOf()).toEqual({ dropped: 1 })
  })
})

describe('a link', () => {
  it('has to be confirmed: reports wait for it, and then count', async () => {
    const { bike, me } = await start()
    const consent = give(backend, 'bike')
    await me.sync([consent])
    backend.now.advance(HOUR_MS)
    await bike.push(await bike.reported(ride(backend), consent.body.handle))
    expect(await kindsOf(me)).toEqual(['consent.give'])
    const asked = async () => Object.values(((await (await bike.ask('feed', {})).json()) as PollAnswer).sets)
    expect((await asked()).map(claimsIn)).toMatchObject([
      { sub_id: { id: consent.body.handle }, events: { [FEED_EVENT.asked]: {} } },
    ])
    expect((await bike.confirm(consent.body.handle, 'card-1')).status).toBe(202)
    expect(await asked()).toEqual([])
    backend.now.advance(HOUR_MS)
    await backend.sweep()
    expect(await kindsOf(me)).toEqual(['consent.give', 'activity.report'])
  })

  it('gives its handle once, for a code of ten minutes, to the provider that it is of', async () => {
    const { bike, me } = await start()
    const metro = await TestProvider.of(backend, 'metro')
    const consent = give(backend, 'bike')
    await me.sync([consent])
    const newCode = async () => {
      const path = `/api/v1/accounts/${me.accountId}/links/${consent.id}/code`
      return ((await (await me.call('POST', path, {})).json()) as { code: string }).code
    }
    const code = await newCode()
    expect((await metro.ask('links', { code })).status).toBe(403)
    expect(await (await bike.ask('links', { code: code.toLowerCase() })).json()).toEqual({
      handle: consent.body.handle,
    })
    expect((await bike.ask('links', { code })).status).toBe(403)
    const late = await newCode()
    backend.now.advance(11 * MINUTE_MS)
    expect((await bike.ask('links', { code: late })).status).toBe(403)
  })

  it('asked for with a challenge needs its verifier', async () => {
    const { bike, me } = await start()
    const consent = give(backend, 'bike')
    await me.sync([consent])
    const verifier = 'v'.repeat(43)
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const path = `/api/v1/accounts/${me.accountId}/links/${consent.id}/code`
    const code = async () =>
      ((await (await me.call('POST', path, { challenge })).json()) as { code: string }).code
    expect((await bike.ask('links', { code: await code() })).status).toBe(403)
    expect((await bike.ask('links', { code: await code(), code_verifier: 'w'.repeat(43) })).status).toBe(403)
    expect((await bike.ask('links', { code: await code(), code_verifier: verifier })).status).toBe(200)
  })

  it('of one card is of one person at a time, and rests before it is another’s', async () => {
    const { bike, me } = await start()
    const other = await signIn(backend)
    const mine = await bike.link(me, 'card-7')
    const theirs = give(backend, 'bike')
    await other.sync([theirs])
    const told = async () => (await bike.confirm(theirs.body.handle, 'card-7')).json()
    expect(await told()).toMatchObject({ err: 'subject_linked' })
    await me.sync([end(backend, mine.consentId)])
    expect(await told()).toMatchObject({ err: 'subject_resting' })
    backend.now.advance(46 * DAY_MS)
    expect((await bike.confirm(theirs.body.handle, 'card-7')).status).toBe(202)
  })

  it('that ends is told to the provider, again and again until it has understood', async () => {
    const { bike, me, handle, consentId } = await linked()
    const poll = async (body: object = {}) => (await (await bike.ask('feed', body)).json()) as PollAnswer
    expect(await poll()).toEqual({ sets: {}, moreAvailable: false })
    await me.sync([end(backend, consentId)])
    const [[jti = '', token = ''] = []] = Object.entries((await poll()).sets)
    expect(claimsIn(token)).toMatchObject({
      aud: 'bike',
      sub_id: { id: handle },
      events: { [FEED_EVENT.ended]: {} },
    })
    expect(Object.keys((await poll()).sets)).toEqual([jti])
    expect((await poll({ ack: [jti] })).sets).toEqual({})
  })

  it('is asked about by its own provider alone', async () => {
    const { bike } = await start()
    const early = await bike.assertion(backend.now() - HOUR_MS)
    for (const headers of [{}, early, { authorization: 'Bearer x' }]) {
      const answer = await call(backend, {
        method: 'POST',
        path: '/api/v1/providers/bike/feed',
        body: {},
        headers,
      })
      expect(answer.status).toBe(401)
    }
  })
})

describe('a later word on an act', () => {
  it('corrects it by the difference, and takes it back', async () => {
    const { bike, me, handle } = await linked()
    const ridden = ride(backend)
    await bike.push(await bike.reported(ridden, handle))
    const shorter = { ...ridden, quantity: { value: 2000, unit: 'metre' } }
    await bike.push(await bike.sign(bike.claims('act-corrected', shorter, handle)))
    await bike.push(await bike.sign(bike.claims('act-withdrawn', { reference: ridden.reference }, handle)))
    const journal = await journalOf(me)
    expect(journal.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['consent.give', 'accepted'],
      ['activity.report', 'accepted'],
      ['activity.correct', 'accepted'],
      ['activity.correct', 'rejected'],
    ])
    const { head } = await me.sync()
    expect(claimsIn(head)).toMatchObject({ available: 0 })
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('that overtakes its report waits for it', async () => {
    const { bike, me, handle } = await linked()
    const ridden = ride(backend)
    const shorter = { ...ridden, quantity: { value: 2000, unit: 'metre' } }
    await bike.push(await bike.sign(bike.claims('act-corrected', shorter, handle)))
    expect(await statesOf()).toEqual({ waiting: 1 })
    await bike.push(await bike.reported(ridden, handle))
    backend.now.advance(HOUR_MS)
    await backend.sweep()
    expect(await kindsOf(me)).toEqual(['consent.give', 'activity.report', 'activity.correct'])
  })
})

it('whether an act was claimed here is told to whoever has its exact id, and nothing more', async () => {
  const { bike, handle } = await linked()
  const ridden = ride(backend)
  await bike.push(await bike.reported(ridden, handle))
  const ask = async (id: string) =>
    (await call(backend, { method: 'GET', path: `/api/v1/claims/${id}` })).json()
  expect(await ask(await claimId('bike', ridden.reference))).toEqual({
    claimed: true,
    month: monthOf(backend.now()),
  })
  expect(await ask(await claimId('bike', 'another'))).toEqual({ claimed: false })
})

it('an act without a declaration of rights is rewarded, and says that it is not creditable', async () => {
  const { bike, me, handle } = await linked()
  await backend.db.query('delete from declarations')
  backend.now.advance(MINUTE_MS)
  await bike.push(await bike.reported(ride(backend), handle))
  const report = (await journalOf(me)).at(-1)
  expect(report?.detail?.reasons).toContainEqual({ code: 'rights_missing' })
  expect(report?.detail?.assessment).toMatchObject({ creditableGrams: 0 })
  expect(report?.detail?.assessment?.points).toBeGreaterThan(0)
})

it('more reports a minute than a provider sends are turned away, and the operator is told', async () => {
  const told: string[] = []
  const { bike, handle } = await linked({
    log: (_, event) => void told.push(event),
    limits: { reportsPerProvider: { name: 'reports', max: 1, windowMs: MINUTE_MS } },
  })
  const answers: number[] = []
  for (let n = 0; n < 2; n++)
    answers.push((await bike.push(await bike.reported(ride(backend), handle))).status)
  expect(answers).toEqual([202, 429])
  expect(told).toContain('more reports than a provider sends')
})

/** As an attacker writes it: `alg: none`, and no signature. */
async function unsigned(claims: object, kid: string): Promise<string> {
  const part = (data: object) => Buffer.from(JSON.stringify(data)).toString('base64url')
  return `${part({ alg: 'none', typ: REPORT_TYP, kid })}.${part(claims)}.`
}

function claimsIn(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}
