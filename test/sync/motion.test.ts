/** How a track moved, and at what tempo, goes only to a backend that has said to read it; the ride itself goes to any. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { noteBackendReads } from '../../src/db/backend-reads.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { MOTION_MEMBER, TEMPO_MEMBER } from '../../src/domain/evidence/activity.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { NOON, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { uuidFrom } from '../support/ids.ts'
import { Phone } from '../support/phone.ts'

let backend: Backend
let phone: Phone
beforeAll(async () => {
  backend = await startBackend({ now: NOON, samples: false })
  const send = (request: Request) => backend.fetch(request)
  phone = await new Phone({ now: backend.now, newId: () => uuidFrom(backend.random), send }).open()
  await phone.signIn(freshPhone())
})
afterAll(async () => {
  phone.close()
  await backend.close()
})

const MOTION = {
  ...{ reachMetres: 3400, strideMetres: 270, hopsPerMille: 0, surges: 0, strayDecimetres: 800 },
  ...{ roundPerMille: 0, repeatsPerMille: 0, landmarks: 'c0ffee', tempo: 'c0ffee5' },
}

function ride(hoursAgo: number): ActivityClaim {
  const tracked = trackedRide(NOON - hoursAgo * 3600_000)
  return { ...tracked, evidence: { ...tracked.evidence, motion: MOTION } as ActivityClaim['evidence'] }
}

const isSaid = async () => (await phone.db.outbox.toArray()).map(({ text }) => text.includes('"motion"'))

it('is said to a backend that names it, and stands in the record', async () => {
  await phone.sync()
  const id = await recordActivity(phone.context, ride(5))
  expect(await isSaid()).toEqual([true])
  await phone.sync()
  const row = (await phone.db.journal.toArray()).find((each) => each.id === id)
  expect(JSON.parse((JSON.parse(row?.detail ?? '{}') as { command: string }).command)).toMatchObject({
    body: { evidence: { motion: MOTION } },
  })
})

it('is left out for one that does not', async () => {
  await noteBackendReads(phone.db, [`${MOTION_MEMBER}.before`])
  await recordActivity(phone.context, ride(9))
  expect(await isSaid()).toEqual([false])
})

it('is said without its tempo to one that reads no more', async () => {
  await noteBackendReads(phone.db, [MOTION_MEMBER, `${TEMPO_MEMBER}.before`])
  const id = await recordActivity(phone.context, ride(13))
  const { tempo: _, ...before } = MOTION
  const row = (await phone.db.outbox.toArray()).find((each) => each.id === id)
  expect(JSON.parse(row?.text ?? '{}')).toMatchObject({ body: { evidence: { motion: before } } })
  expect(row?.text).not.toContain('"tempo"')
})
