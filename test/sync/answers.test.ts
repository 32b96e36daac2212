/** Answers that come late, are cut short, or belong to a history that is gone: they settle nothing that they do not speak of. */
import { describe, expect, it } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { readMeta, writeMeta } from '../../src/db/meta.ts'
import { enqueue } from '../../src/db/outbox.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { outboxIds, usePhones } from '../actions/phones.ts'
import { claim, command } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { copyOfDevice, journalOfBackend } from '../support/same-ledger.ts'

const phones = usePhones()
const bag = () => claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } })

describe('an answered row', () => {
  it('whose record never came is asked for again once the journal has passed it', async () => {
    const phone = await phones.signedIn()
    const id = await recordActivity(phone.context, bag())
    // Told that it is record 1, in a history that a restored backend has forgotten by now.
    await phone.db.outbox.where('id').equals(id).modify({ state: 'answered', seq: 1, firstSentAt: 1 })
    await recordActivity(phone.context, claim())
    await phone.sync()
    expect(await outboxIds(phone)).toEqual([])
    expect(await phone.db.entries.where('id').equals(id).count()).toBe(1)
  })

  it('whose place lies beyond the end of the history is asked for again: no record is still to come', async () => {
    const phone = await phones.signedIn()
    const id = await recordActivity(phone.context, bag())
    // Told so by a page that was cut short, before the backend came back from a backup that had all the phone had, and not this.
    await phone.db.outbox.where('id').equals(id).modify({ state: 'answered', seq: 9, firstSentAt: 1 })
    await phone.sync()
    expect(await outboxIds(phone)).toEqual([])
    expect(await phone.db.entries.where('id').equals(id).count()).toBe(1)
  })

  it('is asked for again when the backend took over our history, which ends before it', async () => {
    const { backend } = phones
    const phone = await phones.signedIn()
    const backup = await backend.snapshot()
    await recordActivity(phone.context, claim())
    await phone.sync()
    const id = await recordActivity(phone.context, bag())
    await phone.db.outbox.where('id').equals(id).modify({ state: 'answered', seq: 2, firstSentAt: 1 })
    await backend.restoreAsSaid(backup)
    await phone.sync()
    expect(await outboxIds(phone)).toEqual([])
    expect(await phone.db.entries.where('id').equals(id).count()).toBe(1)
  })
})

it('an old answer to a pull does not defer a new command', async () => {
  const { backend } = phones
  let old: Response | undefined
  let isLate = false
  const phone = await phones.signedIn(freshPhone(), {
    async send(request) {
      if (!request.url.endsWith('/sync')) return backend.fetch(request)
      if (isLate && old) return old.clone()
      const response = await backend.fetch(request)
      old = response.clone()
      return response
    },
  })
  await phone.sync()
  await recordActivity(phone.context, bag())
  isLate = true
  await expect(phone.sync()).rejects.toMatchObject({ code: 'unreadable' })
  expect(await phone.db.outbox.toArray()).toMatchObject([{ state: 'queued' }])
  isLate = false
  await phone.sync()
  expect(await phone.db.outbox.count()).toBe(0)
})

it('a deferred row with another text is not taken for the record that has its id', async () => {
  const { backend } = phones
  const number = freshPhone()
  const phone = await phones.signedIn(number)
  const backup = await backend.snapshot()
  await recordActivity(phone.context, bag())
  await phone.sync()
  await backend.restoreAsSaid(backup)
  const other = await phones.signedIn(number)
  const asked = command('activity.record', claim({ note: '一' }))
  await enqueue(other.use().db, asked)
  await other.sync()
  const text = canonicalJson({ ...asked, body: { ...asked.body, note: '二' } })
  await phone.use().db.outbox.add({ id: asked.id, text, state: 'deferred', problem: 'unknown_command' })
  await phone.sync()
  expect(await phone.db.outbox.toArray()).toMatchObject([
    { id: asked.id, text, state: 'deferred', problem: 'id_reused' },
  ])
})

describe('a phone that cannot hand in its tail asks again, command by command, as the first builds do', () => {
  async function recovered(given: { isOld?: boolean; spoil?: true }) {
    const { backend } = phones
    const phone = await phones.signedIn(freshPhone(), {
      async send(request) {
        if (!given.isOld || !request.url.endsWith('/sync')) return backend.fetch(request)
        const { wire: _, ...body } = (await request.clone().json()) as { wire?: number }
        const response = await backend.fetch(new Request(request, { body: JSON.stringify(body) }))
        const answer = (await response.clone().json()) as { state: string }
        if (answer.state === 'fork') expect(Object.keys(answer)).toEqual(['state', 'now'])
        return response
      },
    })
    const backup = await backend.snapshot()
    await recordActivity(phone.context, bag())
    await recordActivity(phone.context, claim())
    await phone.sync()
    if (given.spoil) {
      const { jws = '', at = 0 } = (await readMeta(phone.db, 'head')) ?? {}
      await writeMeta(phone.db, 'head', { jws: `${jws.slice(0, -6)}AAAAAA`, at })
    }
    await backend.restoreAsSaid(backup)
    await phone.sync()
    expect(await phone.db.outbox.count()).toBe(0)
    expect((await copyOfDevice(phone.db)).journal).toEqual(
      await journalOfBackend(backend, phone.profile.ledgerId),
    )
    expect(await readMeta(phone.db, 'forkNotice')).toMatchObject({ restored: 0, requeued: 2 })
  }

  it('because it is one of the first builds, and is answered as then', () => recovered({ isOld: true }))
  it('because its proof does not hold', () => recovered({ spoil: true }))
})
