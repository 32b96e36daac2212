/** A pick-up from the booking to the weight: the service is told what was booked and no more, the person what became of it. */
import { afterEach, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import type { PollAnswer } from '../../src/contract/report.ts'
import { FEED_EVENT } from '../../src/contract/report.ts'
import type { ActivityId, CommandId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { CommandBodies, CommandOf } from '../../src/domain/ledger/command.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { NOON } from '../support/builders.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { appeal, newCommandId } from '../support/commands.ts'
import { deskHeaders } from '../support/operator.ts'
import { end, TestProvider } from '../support/provider.ts'

let backend: Backend
afterEach(() => backend.close())

async function start() {
  backend = await startBackend({
    now: NOON,
    providers: true,
    samples: false,
  })
  const station = await TestProvider.of(backend, 'recycling')
  const me = await signIn(backend, { city: 'weifang' })
  return { station, me }
}

function booking(given: Partial<CommandBodies['pickup.book']> = {}): CommandOf<'pickup.book'> {
  const from = backend.now() + DAY_MS
  const body: CommandBodies['pickup.book'] = {
    ...{ provider: 'recycling', city: 'weifang', goods: ['clothes', 'paper'], from, to: from + 3 * HOUR_MS },
    address: '东风街 12 号 3 单元 501',
    ...given,
  }
  return { id: newCommandId(backend), kind: 'pickup.book', at: backend.now(), body }
}

function calledOff(pickupId: CommandId): CommandOf<'pickup.cancel'> {
  return { id: newCommandId(backend), kind: 'pickup.cancel', at: backend.now(), body: { pickupId } }
}

async function journalOf(person: Client) {
  const { records } = await person.sync()
  return records.map(({ body, detail }) => ({ ...openBody(body), detail: openDetail(detail) }))
}

/** What the service is told at its next look, by the ids to acknowledge it with. */
async function told(station: TestProvider, ack: readonly string[] = []) {
  const answer = (await (await station.ask('feed', { ack })).json()) as PollAnswer
  return Object.entries(answer.sets).map(([jti, token]) => ({
    jti,
    ...(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      sub_id: { id: string }
      events: Record<string, unknown>
    }),
  }))
}

const states = (journal: Awaited<ReturnType<typeof journalOf>>) =>
  journal.flatMap(({ kind, detail }) => (kind === 'pickup.update' ? [detail?.pickupState] : []))

describe('a pick-up', () => {
  it('goes from the booking to the points for the weight, and both sides hold the same record of it', async () => {
    const { station, me } = await start()
    const { handle } = await station.link(me)
    const booked = booking({ contact: '138 0000 0000', note: '四楼' })
    await me.sync([booked])
    const [notice] = await told(station)
    expect(notice).toMatchObject({
      sub_id: { id: handle },
      events: {
        [FEED_EVENT.booked]: {
          ...{ pickup: booked.id, goods: ['clothes', 'paper'], city: 'weifang' },
          ...{ address: '东风街 12 号 3 单元 501', contact: '138 0000 0000', note: '四楼' },
          ...{ from: booked.body.from / 1000, to: booked.body.to / 1000 },
        },
      },
    })
    expect(await told(station, [notice?.jti as string])).toEqual([])

    backend.now.advance(DAY_MS + HOUR_MS)
    const at = Math.floor(backend.now() / 1000) - 60
    const weighed = (code: string, value: number) => ({
      ...{ reference: `${booked.id}/${code}`, code, city: 'weifang', startedAt: at, endedAt: at },
      quantity: { value, unit: 'gram' },
    })
    const says = (state: string) =>
      station.sign(station.claims('pickup-state', { pickup: booked.id, state }, handle))
    await station.pushMany([await says('confirmed'), await says('on_way')])
    await station.pushMany([
      await station.reported(weighed('clothes', 3210), handle),
      await says('collected'),
      await station.reported(weighed('paper', 4000), handle),
    ])
    const journal = await journalOf(me)
    expect(states(journal)).toEqual(['confirmed', 'on_way', 'collected'])
    const weights = journal.filter(({ kind }) => kind === 'activity.report')
    expect(
      weights.map(({ detail }) => [detail?.assessment?.claimed, detail?.assessment?.rewardGrams]),
    ).toEqual([
      // 3.6 kg of CO₂ for a kilogram of clothes by the pack; paper has no factor that could be shown: an honest zero.
      [{ value: 3210, unit: 'gram' }, expect.any(Number)],
      [{ value: 4000, unit: 'gram' }, 0],
    ])
    expect(weights[0]?.detail?.assessment?.rewardGrams).toBeGreaterThan(0)
    expect(weights[1]?.detail?.reasons?.map(({ code }) => code)).toContain('zero_by_rule')
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('is not booked with a service that is not linked, for a time that is over, or as the fourth of three', async () => {
    const { station, me } = await start()
    const refusals = async (command: CommandOf<'pickup.book'>) => {
      await me.sync([command])
      return (await journalOf(me)).at(-1)?.detail?.reasons?.map(({ code }) => code)
    }
    expect(await refusals(booking())).toEqual(['service_not_linked'])
    await station.link(me)
    const over = backend.now() - HOUR_MS
    expect(await refusals(booking({ from: over - HOUR_MS, to: over }))).toEqual(['pickup_window'])
    expect(await refusals(booking({ to: backend.now() + 9 * DAY_MS }))).toEqual(['pickup_window'])
    await me.sync([booking(), booking(), booking()])
    expect(await refusals(booking())).toEqual(['too_many_pickups'])
    expect(await told(station)).toHaveLength(3)
  })

  it('called off makes room for another and is told; once it is over there is nothing to call off', async () => {
    const { station, me } = await start()
    const { handle } = await station.link(me)
    const booked = booking()
    await me.sync([booked])
    const off = calledOff(booked.id)
    await me.sync([off])
    expect((await told(station)).map(({ jti, events }) => [jti, Object.keys(events)])).toEqual([
      [`${off.id}.pickup`, [FEED_EVENT.calledOff]],
    ])
    await me.sync([calledOff(booked.id)])
    expect((await journalOf(me)).at(-1)).toMatchObject({
      outcome: 'refused',
      detail: { reasons: [{ code: 'pickup_over' }] },
    })
    // Late news of what was called off is acknowledged, and tells nobody anything.
    const late = await station.sign(
      station.claims('pickup-state', { pickup: booked.id, state: 'collected' }, handle),
    )
    expect((await station.pushMany([late])).ack).toHaveLength(1)
    expect(states(await journalOf(me))).toEqual([])
  })

  it('moves on by nobody but the service it was booked with, never back, and each state once', async () => {
    const { station, me } = await start()
    const { handle } = await station.link(me)
    const maker = await TestProvider.of(backend, 'take-back')
    const other = await maker.link(me)
    const booked = booking()
    await me.sync([booked])
    const says = (by: TestProvider, state: string, as: string) =>
      by.sign(by.claims('pickup-state', { pickup: booked.id, state }, as))
    await maker.pushMany([await says(maker, 'collected', other.handle)])
    await station.pushMany([await says(station, 'on_way', handle)])
    await station.pushMany([await says(station, 'confirmed', handle), await says(station, 'on_way', handle)])
    expect(states(await journalOf(me))).toEqual(['on_way'])
  })

  it('with a wrong weight can be disputed: a person answers, and the service corrects what it said', async () => {
    const { station, me } = await start()
    const { handle } = await station.link(me)
    const booked = booking()
    await me.sync([booked])
    backend.now.advance(DAY_MS + HOUR_MS)
    const at = Math.floor(backend.now() / 1000) - 60
    const act = {
      reference: `${booked.id}/clothes`,
      code: 'clothes',
      city: 'weifang',
      startedAt: at,
      endedAt: at,
    }
    await station.pushMany([
      await station.reported({ ...act, quantity: { value: 900, unit: 'gram' } }, handle),
    ])
    const weighed = (await journalOf(me)).at(-1)
    await me.sync([appeal(backend, weighed?.id as ActivityId, '是 9 公斤，少写了一个零')])
    expect((await journalOf(me)).at(-1)).toMatchObject({ kind: 'activity.appeal', outcome: 'review' })
    const corrected = { ...act, quantity: { value: 9000, unit: 'gram' } }
    await station.pushMany([
      await station.sign(station.claims('act-corrected', corrected, handle, { jti: 'corrected' })),
    ])
    const answer = await call(backend, {
      method: 'POST',
      path: `/api/v1/ops/reviews/${me.accountId}/${weighed?.id}`,
      headers: await deskHeaders(backend),
      body: { decision: 'decline', note: '回收方已更正为 9 公斤' },
    })
    expect(answer.status).toBe(200)
    const journal = await journalOf(me)
    const grams = journal
      .flatMap(({ transfers }) => transfers)
      .filter(({ asset }) => asset === 'grams')
      .reduce((sum, { amount, credit }) => sum + (credit === 'available' ? amount : -amount), 0)
    const first = weighed?.detail?.assessment?.rewardGrams ?? 0
    expect(grams).toBe(first * 10)
    expect(journal.at(-1)).toMatchObject({ kind: 'review.decide', detail: { note: '回收方已更正为 9 公斤' } })
  })

  it('leaves no address behind once the account is deleted, and weighs nothing once the service is unlinked', async () => {
    const { station, me } = await start()
    const { consentId, handle } = await station.link(me)
    await me.sync([booking()])
    await me.sync([end(backend, consentId)])
    backend.now.advance(HOUR_MS)
    const at = Math.floor(backend.now() / 1000)
    const act = {
      code: 'clothes',
      city: 'weifang',
      start: at,
      end: at,
      quantity: { value: 900, unit: 'gram' },
    }
    await station.pushMany([await station.reported({ reference: 'late', ...act }, handle)])
    expect((await journalOf(me)).some(({ kind }) => kind === 'activity.report')).toBe(false)
    await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)
    const left = await backend.db.query('select 1 from pickups /* all accounts */')
    expect(left).toEqual([])
    expect(JSON.stringify(await told(station))).not.toContain('东风街')
  })
})
