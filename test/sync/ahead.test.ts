/** More than one batch: the next is on its way while the last is being stored, and whatever becomes of the storing, nothing is lost or done twice. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { claim, NOON } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { uuidFrom } from '../support/ids.ts'
import { Phone } from '../support/phone.ts'
import { copyOfDevice, expectRebuildEqual, journalOfBackend } from '../support/same-ledger.ts'

const DAY_MS = 24 * 3600_000
const ACTS = 7
const BATCH_MAX = 2

let backend: Backend
let phones: Phone[] = []
/** What happened, in order: a batch of so many was asked for, or a record was stored. */
let seen: string[] = []
/** Called before the backend is. */
let beforeAsking: (count: number) => Promise<void> = async () => {}

beforeEach(async () => {
  backend = await startBackend({
    now: NOON,
    limits: { codesPerMinute: { name: 'codes-minute', max: 100, windowMs: 60_000 } },
  })
  seen = []
  beforeAsking = async () => {}
})
afterEach(async () => {
  for (const phone of phones) phone.close()
  phones = []
  await backend.close()
})

async function signedIn(number: string, batchMax = BATCH_MAX): Promise<Phone> {
  const phone = new Phone({
    now: backend.now,
    newId: () => uuidFrom(backend.random),
    batchMax,
    async send(request) {
      if (!request.url.endsWith('/sync')) return backend.fetch(request)
      const { commands } = (await request.clone().json()) as { commands: string[] }
      if (commands.length > 0) seen.push(`asked ${commands.length}`)
      await beforeAsking(seen.filter((each) => each.startsWith('asked')).length)
      return backend.fetch(request)
    },
  })
  phones.push(phone)
  await phone.open()
  await phone.signIn(number)
  return phone
}

async function busyPhone(number = freshPhone()): Promise<Phone> {
  const phone = await signedIn(number)
  await phone.sync()
  for (let i = 1; i <= ACTS; i++) await recordActivity(phone.context, claim({ startedAt: NOON - i * DAY_MS }))
  phone.db.journal.hook('creating', () => void seen.push('stored'))
  return phone
}

async function expectAllThere(phone: Phone, acts = ACTS): Promise<void> {
  expect(await phone.db.outbox.count()).toBe(0)
  const { journal } = await copyOfDevice(phone.db)
  expect(journal).toEqual(await journalOfBackend(backend, phone.profile.ledgerId))
  const entries = await phone.db.entries.toArray()
  expect(entries.filter(({ kind }) => kind === 'activity.record')).toHaveLength(acts)
  await expectRebuildEqual(phone.db)
}

describe('several batches', () => {
  it('each go out before the one before is stored, one ahead and no more', async () => {
    const phone = await busyPhone()
    expect(await phone.sync()).toEqual({ state: 'done' })
    const [asked, stored] = ['asked 2', 'stored']
    expect(seen).toEqual([
      ...[asked, asked, stored, stored, asked, stored, stored, 'asked 1', stored, stored],
      ...[stored],
    ])
    await expectAllThere(phone)
  })

  it('are not lost where one of them cannot be stored while the next is under way', async () => {
    const phone = await busyPhone()
    const fail = () => {
      if (seen.filter((each) => each === 'stored').length === 3) throw new Error('the disk is full')
    }
    phone.db.journal.hook('creating', fail)
    await expect(phone.sync()).rejects.toThrow()
    expect(await phone.db.outbox.count()).toBe(ACTS - BATCH_MAX)
    phone.db.journal.hook('creating').unsubscribe(fail)
    expect(await phone.sync()).toEqual({ state: 'done' })
    await expectAllThere(phone)
  })

  it('take in what another phone has sent between two of them', async () => {
    const number = freshPhone()
    const other = await signedIn(number)
    const phone = await busyPhone(number)
    beforeAsking = async (count) => {
      if (count !== 2) return
      beforeAsking = async () => {}
      await recordActivity(other.context, claim({ startedAt: NOON - 20 * DAY_MS }))
      await other.sync()
      phone.use()
    }
    expect(await phone.sync()).toEqual({ state: 'done' })
    await expectAllThere(phone, ACTS + 1)
  })
})
