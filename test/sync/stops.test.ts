/** The count of stops stays with a ride from the form to the record, and goes only to a backend that has said to read it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { readMeta } from '../../src/db/meta.ts'
import { assess } from '../../src/domain/methodology/assess.ts'
import { SD_DEMO_V2 } from '../../src/domain/methodology/packs/index.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { claim, NOON } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { uuidFrom } from '../support/ids.ts'
import { Phone } from '../support/phone.ts'
import { MemoryUsage } from '../support/usage.ts'

let backend: Backend
let phone: Phone
/** A backend of before: it knows no `reads`, and is strict about a member that it does not know. */
let isOlder = false

async function send(request: Request): Promise<Response> {
  if (!isOlder || !request.url.endsWith('/sync')) return backend.fetch(request)
  const text = (await request.text()).replaceAll('\\"stops\\"', '\\"unheard\\"')
  const answer = await backend.fetch(
    new Request(request.url, { method: 'POST', headers: request.headers, body: text }),
  )
  const { reads: _, ...known } = (await answer.json()) as { reads?: unknown }
  return Response.json(known, { status: answer.status, headers: answer.headers })
}

beforeEach(async () => {
  isOlder = false
  backend = await startBackend({ now: NOON, samples: false })
  phone = await new Phone({ now: backend.now, newId: () => uuidFrom(backend.random), send }).open()
})
afterEach(async () => {
  phone.close()
  await backend.close()
})

const ride = claim({ code: 'bus', quantity: { value: 2400, unit: 'metre' }, stops: 3 })
const waiting = async () =>
  (await phone.db.outbox.toArray()).map(({ state, text }) => [state, text.includes('"stops":3')])

describe('three stops by bus', () => {
  it('are assessed by their kilometres, to the gram as without them', () => {
    const { stops: _, ...plain } = ride
    const context = () => ({ usage: new MemoryUsage({}), pack: SD_DEMO_V2, now: NOON })
    expect(assess(ride, context())).toEqual(assess(plain, context()))
  })

  it('logged before anybody had signed in, come back in the record and stand in its row', async () => {
    await recordActivity(phone.context, ride)
    await phone.signIn(freshPhone())
    expect(await phone.sync()).toEqual({ state: 'done' })
    const entry = (await phone.db.entries.toArray()).find(({ kind }) => kind === 'activity.record')
    expect(entry).toMatchObject({ stops: 3, claimed: { value: 2400, unit: 'metre' }, outcome: 'accepted' })
  })

  it('do not go to a backend that has not said to read them: the kilometres do, and nothing is put off', async () => {
    isOlder = true
    await phone.signIn(freshPhone())
    await phone.sync()
    expect(await readMeta(phone.db, 'backendReads')).toEqual([])
    await recordActivity(phone.context, ride)
    expect(await waiting()).toEqual([['queued', false]])
    await phone.sync()
    expect(await waiting()).toEqual([])
  })

  it('put off by an older backend are asked for again as soon as it reads them', async () => {
    isOlder = true
    await recordActivity(phone.context, ride)
    await phone.signIn(freshPhone())
    await phone.sync()
    expect(await waiting()).toEqual([['deferred', true]])
    isOlder = false
    await phone.sync()
    expect(await waiting()).toEqual([])
    expect((await phone.db.entries.toArray()).some(({ stops }) => stops === 3)).toBe(true)
  })
})
