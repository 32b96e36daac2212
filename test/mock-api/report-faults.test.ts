/**
 * A database that goes away at every place of a push, before or after it has done what it was asked: whatever a provider was told, each report
 * is in one journal, once. `FAULTS=200` tries more of them.
 */
import { expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { countEvents } from '../../mock-api/storage/provider-events.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { startBackend } from '../support/backend.ts'
import { breakingDb } from '../support/breaking-db.ts'
import { NOON } from '../support/builders.ts'
import { type Client, signIn } from '../support/client.ts'
import { openTestDb } from '../support/database.ts'
import { type Linked, ride, TestProvider } from '../support/provider.ts'

const FAULTS_TRIED = Number(process.env.FAULTS ?? 16)
const PEOPLE = 3

it('each report is posted once, wherever the database goes away', {
  timeout: 60_000 + FAULTS_TRIED * 2000,
}, async () => {
  const opened = await openTestDb()
  const db = breakingDb(opened.db)
  const backend = await startBackend({ now: NOON, providers: true, samples: false, db })
  const bike = await TestProvider.of(backend)
  const people: (Linked & { readonly person: Client })[] = []
  for (let n = 0; n < PEOPLE; n++) {
    const person = await signIn(backend, { city: 'weifang' })
    people.push({ person, ...(await bike.link(person)) })
  }
  backend.now.advance(HOUR_MS)
  const push = () => Promise.all(people.map(({ handle }) => bike.reported(ride(backend), handle)))

  db.breakAt(Number.POSITIVE_INFINITY, 'before')
  const first = await push()
  await bike.pushMany(first)
  const steps = db.mend()
  expect(steps).toBeGreaterThan(10)

  let broken = 0
  for (let n = 0; n < FAULTS_TRIED; n++) {
    backend.now.advance(HOUR_MS)
    const tokens = await push()
    const place = FAULTS_TRIED <= steps ? Math.floor((n * steps) / FAULTS_TRIED) : n % steps
    db.breakAt(place + 1, n % 2 === 0 ? 'before' : 'after')
    const told = await bike.pushMany(tokens).then(
      ({ ack }) => ack.length === PEOPLE,
      () => false,
    )
    if (db.mend() > place) broken++
    // A provider that was not told so sends it again; what is acknowledged is the sweeper's to finish.
    if (!told) expect((await bike.pushMany(tokens)).ack).toHaveLength(PEOPLE)
  }
  expect(broken).toBe(FAULTS_TRIED)
  for (let n = 0; n < 3; n++) {
    backend.now.advance(15 * MINUTE_MS)
    await backend.sweep()
  }

  const wanted = 1 + FAULTS_TRIED
  for (const { person } of people) {
    const { records } = await person.sync()
    const posted = records.filter(({ body }) => openBody(body).kind === 'activity.report')
    expect(posted).toHaveLength(wanted)
    expect(new Set(posted.map(({ detail }) => openDetail(detail)?.report?.reference)).size).toBe(wanted)
  }
  expect(await countEvents(backend.db)).toEqual([
    { providerId: 'bike', state: 'posted', count: wanted * PEOPLE },
  ])
  expect(await audit(backend.db)).not.toHaveProperty('fault')
  await opened.close()
})
