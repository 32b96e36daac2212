/** Places at planting days across a restored backup: what a phone proves it holds again, and what was given up is there for others. */
import { expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { giveConsent } from '../../src/actions/give-consent.ts'
import { joinPlanting, leavePlanting } from '../../src/actions/join-planting.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import type { PlantingDays } from '../../src/contract/planting.ts'
import { HOUR_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { claim } from '../support/builders.ts'
import { call, freshPhone } from '../support/client.ts'
import { readLedger } from '../support/whole-ledger.ts'

const phones = usePhones()

async function days(): Promise<PlantingDays['days']> {
  const path = '/api/v1/cities/weifang/planting-days'
  return ((await (await call(phones.backend, { method: 'GET', path })).json()) as PlantingDays).days
}

async function life() {
  const number = freshPhone()
  const me = await phones.signedIn(number)
  await giveConsent(me.context, { provider: 'planting', terms: '2026-11-29' })
  await me.sync()
  const day = (await days())[1]
  if (!day) throw new Error('the demo has two days')
  const { id: dayId, provider, startsAt, endsAt, cancelBy } = day
  return { me, number, day, signUp: { dayId, provider, startsAt, endsAt, cancelBy } }
}

const left = async (dayId: string) => (await days()).find(({ id }) => id === dayId)?.left

it.each(['word for word', 'as of then'])(
  'a sign-up that the backup lacks holds its place again, %s',
  async (how) => {
    const { backend } = phones
    const { me, number, day, signUp } = await life()
    const backup = await backend.snapshot()
    const id = await joinPlanting(me.use().context, signUp)
    await me.sync()
    await backend.restoreAsSaid(backup)
    expect(await left(day.id)).toBe(day.places)
    if (how === 'as of then') {
      const other = await phones.signedIn(number)
      const elsewhere = claim({ code: 'no-cutlery', quantity: { value: 1, unit: 'count' } })
      await recordActivity(other.use().context, elsewhere)
      await other.sync()
    }
    await me.use().sync()
    expect(await left(day.id)).toBe(day.places - 1)
    expect((await readLedger(me.use().db)).plantings).toEqual({ [id]: signUp })
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  },
)

it('a place that was given up in the part that the backup lacks is there for others', async () => {
  const { backend } = phones
  const { me, day, signUp } = await life()
  const id = await joinPlanting(me.use().context, signUp)
  await me.sync()
  const backup = await backend.snapshot()
  await leavePlanting(me.use().context, id)
  await me.sync()
  await backend.restoreAsSaid(backup)
  await me.use().sync()
  backend.now.advance(HOUR_MS)
  await backend.sweep()
  expect(await left(day.id)).toBe(day.places)
  expect((await readLedger(me.use().db)).plantings).toEqual({})
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})
