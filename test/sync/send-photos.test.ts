/** Photos travel beside the commands: each once its nomination or appeal has arrived, and none holds up another or gets lost on the way out. */
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../mock-api/base/hash.ts'
import { appealActivity } from '../../src/actions/appeal-activity.ts'
import { countUnsynced } from '../../src/actions/leave-ledger.ts'
import { nominateCase } from '../../src/actions/nominate-case.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { noteBackendReads } from '../../src/db/backend-reads.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { claim, NOON } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'

const phones = usePhones()
const bag = claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } })
const CASE = { city: 'weifang', title: '一米菜园', text: '屋顶种菜' } as const

function photo(last: number) {
  const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, last])
  const base64 = Buffer.from(bytes).toString('base64')
  return { digest: sha256Hex(bytes), type: 'image/jpeg', bytes: bytes.length, base64 } as const
}

const stateOf = async (phone: Phone, id: string) => (await phone.db.photos.get(id))?.state

describe('a photo', () => {
  it('goes once its nomination has arrived', async () => {
    const phone = await phones.signedIn()
    const id = await nominateCase(phone.context, CASE, photo(1))
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(await stateOf(phone, id)).toBe('sent')
  })

  it('that cannot be read stays behind, and the next one goes', async () => {
    const phone = await phones.signedIn()
    const broken = await nominateCase(phone.context, CASE, { ...photo(2), base64: '{not base64}' })
    const good = await nominateCase(phone.context, CASE, photo(3))
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(await stateOf(phone, broken)).toBe('refused')
    expect(await stateOf(phone, good)).toBe('sent')
  })

  it('that has not gone yet counts as something that leaving would lose', async () => {
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    const noPhotos = await phones.open({
      storage: phone.storage,
      send: (request) =>
        request.method === 'PUT' ? Promise.reject(new Error('gone')) : phones.backend.fetch(request),
    })
    await nominateCase(noPhotos.context, CASE, photo(4))
    expect(await countUnsynced(noPhotos.db)).toBe(1)
    await expect(noPhotos.sync()).rejects.toMatchObject({ code: 'offline' })
    expect(await countUnsynced(noPhotos.db)).toBe(1)
    await phone.use().sync()
    expect(await countUnsynced(phone.db)).toBe(0)
  })

  it('goes with an appeal, and stays out of one to a backend that does not read it', async () => {
    const phone = await phones.signedIn()
    // Too old to count: what one would appeal.
    const act = (days: number) => recordActivity(phone.context, { ...bag, startedAt: NOON - days * DAY_MS })
    const [first, second] = [await act(50), await act(52)]
    await phone.sync()
    const seen = await appealActivity(phone.context, { activityId: first, note: '票根在照片上' }, photo(6))
    await phone.sync()
    expect(await stateOf(phone, seen)).toBe('sent')
    await noteBackendReads(phone.db, [])
    const said = await appealActivity(phone.context, { activityId: second, note: '票根在照片上' }, photo(7))
    expect(await stateOf(phone, said)).toBeUndefined()
    expect((await phone.db.outbox.toArray()).map(({ text }) => text.includes('photo'))).toEqual([false])
    await phone.sync()
    expect(await phone.db.entries.where('id').equals(said).first()).toMatchObject({ outcome: 'review' })
  })

  it('goes again after the backend was restored from an old backup, also one that it did not want meanwhile', async () => {
    const phone = await phones.signedIn()
    const backup = await phones.backend.snapshot()
    const restoring = await phones.open({
      storage: phone.storage,
      send: async (request) => {
        if (request.method === 'PUT') await phones.backend.restore(backup)
        return phones.backend.fetch(request)
      },
    })
    const id = await nominateCase(phone.context, CASE, photo(5))
    await restoring.sync()
    expect(await stateOf(phone, id)).toBe('refused')
    await phone.use().sync()
    await phone.sync()
    expect(await stateOf(phone, id)).toBe('sent')
  })
})
