/** Phones against the real backend, opened and closed with each test. Call at the top of a test file. */
import { afterEach, beforeEach } from 'vitest'
import { exportLedger } from '../../src/actions/export-ledger.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { type Backend, type BackendOptions, startBackend } from '../support/backend.ts'
import { NOON } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { uuidFrom } from '../support/ids.ts'
import { Phone, type PhoneOptions } from '../support/phone.ts'

export interface Phones {
  readonly backend: Backend
  /** As a guest, unless its storage knows more. */
  open(given?: Partial<PhoneOptions>, city?: CityId): Promise<Phone>
  signedIn(number?: string, given?: Partial<PhoneOptions>, city?: CityId): Promise<Phone>
}

export function usePhones(setting: BackendOptions = {}): Phones {
  let backend: Backend
  let phones: Phone[] = []
  beforeEach(async () => {
    const limits = { codesPerMinute: { name: 'codes-minute', max: 100, windowMs: 60_000 } }
    backend = await startBackend({ now: NOON, limits, providers: true, ...setting })
  })
  afterEach(async () => {
    for (const phone of phones) phone.close()
    phones = []
    await backend.close()
  })
  async function open(given: Partial<PhoneOptions> = {}, city?: CityId): Promise<Phone> {
    const phone = new Phone({
      now: backend.now,
      newId: () => uuidFrom(backend.random),
      send: (request) => backend.fetch(request),
      ...given,
    })
    phones.push(phone)
    return phone.open(city)
  }
  return {
    get backend() {
      return backend
    },
    open,
    async signedIn(number = freshPhone(), given = {}, city) {
      const phone = await open(given, city)
      await phone.signIn(number)
      return phone
    },
  }
}

export async function exported(phone: Phone): Promise<string> {
  phone.use()
  let text = ''
  for await (const piece of exportLedger(phone.db, phone.profile, { now: NOON })) text += piece
  return text
}

export async function outboxIds(phone: Phone): Promise<string[]> {
  return (await phone.db.outbox.orderBy('n').toArray()).map((row) => row.id)
}
