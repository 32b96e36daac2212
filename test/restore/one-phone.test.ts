/** A backend that was put back from an older backup, and the phone that holds what it has lost. */
import { describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { readMeta } from '../../src/db/meta.ts'
import { DAY_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { claim, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'
import { copyOfDevice, journalOfBackend } from '../support/same-ledger.ts'
import { besideOf, live, points } from './life.ts'

const phones = usePhones()
const idOf = (phone: Phone) => phone.profile.ledgerId
const isWhole = async () => expect(await audit(phones.backend.db)).not.toHaveProperty('fault')

describe('one phone after a restored backup', () => {
  it('brings everything back word for word: verdicts, vouchers, decisions and what stands beside them', async () => {
    const { backend } = phones
    const phone = await phones.signedIn()
    await recordActivity(phone.context, claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } }))
    await phone.sync()
    const backup = await backend.snapshot()
    await live(backend, phone)
    const before = { copy: await copyOfDevice(phone.db), points: await points(phone) }
    const beside = await besideOf(backend, idOf(phone))
    await backend.restoreAsSaid(backup)
    backend.now.advance(2 * DAY_MS)
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(await copyOfDevice(phone.db)).toEqual(before.copy)
    expect(await journalOfBackend(backend, idOf(phone))).toEqual(before.copy.journal)
    expect(await points(phone)).toEqual(before.points)
    expect(await besideOf(backend, idOf(phone))).toEqual(beside)
    expect(await readMeta(phone.db, 'forkNotice')).toEqual({
      at: backend.now(),
      restored: before.copy.journal.length - 1,
      requeued: 0,
      lost: 0,
    })
    expect(await phone.db.outbox.count()).toBe(0)
    await isWhole()
  })

  it('brings back the tracks of many rides that counted nothing, also of those that the account’s state has let go', async () => {
    const { backend } = phones
    const phone = await phones.signedIn()
    const backup = await backend.snapshot()
    for (let i = 0; i < 150; i++) {
      const startedAt = backend.now() - (i + 2) * 15 * MINUTE_MS
      await recordActivity(phone.context, {
        ...trackedRide(startedAt),
        endedAt: startedAt + 10 * MINUTE_MS,
        quantity: { value: 2500, unit: 'metre' },
        evidence: {
          trust: 'import',
          digest: i.toString(16).padStart(64, 'a'),
          points: 300,
          movingSeconds: 560,
          maxSpeedMetresPerHour: 24_000,
        },
      })
    }
    await phone.sync()
    const tracks = () =>
      backend.db.query(
        "select digest from evidence_claims where account_id = $1 and state = 'confirmed' and digest <> command_id order by digest",
        [idOf(phone)],
      )
    const before = await tracks()
    expect(before.length).toBeGreaterThan(140)
    await backend.restoreAsSaid(backup)
    expect(await tracks()).toEqual([])
    await phone.sync()
    expect(await tracks()).toEqual(before)
    await isWhole()
  })

  it('an account younger than the backup is the same account at the next sign-in, and loses nothing', async () => {
    const { backend } = phones
    const backup = await backend.snapshot()
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    await live(backend, phone)
    const late = await recordActivity(
      phone.context,
      claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } }),
    )
    const before = { copy: await copyOfDevice(phone.db), id: idOf(phone) }
    await backend.restoreAsSaid(backup)
    // The backend knows neither the session nor the account: the phone shows signed out, and keeps all.
    await expect(phone.sync()).rejects.toMatchObject({ code: 'not_signed_in' })
    await phone.signIn(number)
    expect(idOf(phone)).toBe(before.id)
    await phone.sync()
    const { journal } = await copyOfDevice(phone.db)
    expect(journal.slice(0, before.copy.journal.length)).toEqual(before.copy.journal)
    expect(journal).toEqual(await journalOfBackend(backend, before.id))
    expect(await phone.db.entries.where('id').equals(late).count()).toBe(1)
    await isWhole()
  })

  it('a key that was made in the lost part comes back with its endorsement, its public half only', async () => {
    const { backend } = phones
    const phone = await phones.signedIn()
    const backup = await backend.snapshot()
    backend.now.advance(DAY_MS)
    const [made] = await backend.deps.keyring.rotate('heads')
    const kid = made?.kid
    await live(backend, phone)
    const before = await copyOfDevice(phone.db)
    await backend.restoreAsSaid(backup)
    expect((await backend.deps.keyring.publicKeys()).keys.map((key) => key.kid)).not.toContain(kid)
    await phone.sync()
    expect(await copyOfDevice(phone.db)).toEqual(before)
    expect((await backend.deps.keyring.publicKeys()).keys.map((key) => key.kid)).toContain(kid)
    expect((await backend.deps.keyring.signingKey('heads')).kid).not.toBe(kid)
    await isWhole()
  })

  it('a tail longer than one part is handed in piece by piece, also over a line that breaks', async () => {
    const { backend } = phones
    let isBroken = false
    let parts = 0
    const phone = await phones.signedIn(freshPhone(), {
      async send(request) {
        if (!request.url.endsWith('/tail')) return backend.fetch(request)
        parts++
        const response = await backend.fetch(request)
        if (isBroken && parts === 2) throw new Error('the tunnel')
        return response
      },
    })
    const backup = await backend.snapshot()
    for (let i = 0; i < 620; i++)
      await recordActivity(
        phone.context,
        claim({
          code: 'own-bag',
          quantity: { value: 1, unit: 'count' },
          startedAt: backend.now() - i * 60_000,
        }),
      )
    await phone.sync()
    const before = await copyOfDevice(phone.db)
    await backend.restoreAsSaid(backup)
    isBroken = true
    await expect(phone.sync()).rejects.toMatchObject({ code: 'offline' })
    isBroken = false
    await phone.sync()
    expect(await copyOfDevice(phone.db)).toEqual(before)
    expect(await backend.db.query('select seq from tail_records')).toEqual([])
    await isWhole()
  })
})
