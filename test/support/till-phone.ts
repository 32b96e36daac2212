/** A device that is a till, without a screen: the app's own storage, actions and exchange, against the real backend over a network that a test can cut. */
import { makeTillCode } from '../../mock-api/tills/till-code.ts'
import { acceptVoucher } from '../../src/actions/till/accept-voucher.ts'
import { checkVoucher } from '../../src/actions/till/check-voucher.ts'
import { joinTill } from '../../src/actions/till/join-till.ts'
import { readShownCode, readTypedNumber } from '../../src/actions/till/read-shown.ts'
import { type LedgerDb, openTillLedgerDb } from '../../src/db/database.ts'
import { DeviceDb } from '../../src/db/device.ts'
import { TillDb, type TillRow } from '../../src/db/till.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { dayOf } from '../../src/domain/base/time.ts'
import type { TillRole } from '../../src/domain/ledger/till.ts'
import { syncBoth } from '../../src/pwa/sync-all.ts'
import type { SyncStatus } from '../../src/sync/status.ts'
import { type TillExchange, tillExchangeOf } from '../../src/sync/till-exchange.ts'
import { createTransport } from '../../src/sync/transport.ts'
import type { Backend } from './backend.ts'
import { uuidFrom } from './ids.ts'
import { newStorage, ORIGIN, Phone } from './phone.ts'
import { branchOf } from './till.ts'

interface TillPhoneOptions {
  /** This device's clock is off by so much. */
  readonly clockOff?: number
}

export class TillPhone {
  readonly storage = newStorage()
  readonly #backend: Backend
  readonly now: () => number
  readonly #newId: () => CommandId
  device!: DeviceDb
  tills!: TillDb
  db!: LedgerDb
  exchange!: TillExchange
  status: SyncStatus = { phase: 'idle' }
  isCutOff = false
  /** A page of the same device holds the lock. */
  isLocked = false
  #at: string | undefined
  /** Answers are lost on the way, so many more. */
  losesAnswers = 0

  constructor(backend: Backend, { clockOff = 0 }: TillPhoneOptions = {}) {
    this.#backend = backend
    this.now = () => backend.now() + clockOff
    this.#newId = () => uuidFrom(backend.random) as CommandId
  }

  open(): this {
    Phone.use(this.storage)
    this.device = new DeviceDb('mark')
    this.tills = new TillDb()
    this.exchange = tillExchangeOf({
      send: (path, init) => this.#send(path, init),
      ...{ device: this.device, now: this.now, newId: this.#newId },
      lock: async (_name, work) => (this.isLocked ? 'busy' : work()),
      random: () => 0.5,
      setTimer: () => () => {},
    })
    return this
  }

  close(): void {
    this.db?.close()
    this.tills?.close()
    this.device?.close()
  }

  async join(
    given: { code?: string; role?: TillRole; name?: string; merchantId?: string } = {},
  ): Promise<string> {
    Phone.use(this.storage)
    const { role = 'till', name = '一号收银台' } = given
    const code =
      given.code ??
      (await makeTillCode(this.#backend.deps, await branchOf(this.#backend, given), { role, name })).code
    const { device, tills, now } = this
    const accountId = await joinTill({ device, tills, now, newId: this.#newId }, this.exchange, code)
    this.#at ??= accountId
    this.db ??= openTillLedgerDb(accountId, 'mark')
    return accountId
  }

  async till(): Promise<TillRow> {
    Phone.use(this.storage)
    const rows = await this.tills.tills.toArray()
    const row = rows.find(({ accountId }) => accountId === this.#at) ?? rows[0]
    if (!row) throw new Error('no till')
    return row
  }

  /** Another of its branches is shown. */
  async turnTo(accountId: string): Promise<void> {
    Phone.use(this.storage)
    this.#at = accountId
    this.db?.close()
    this.db = openTillLedgerDb(accountId, 'mark')
  }

  /** What the worker does, once no page is there. */
  async wakeWorker(): Promise<void> {
    Phone.use(this.storage)
    const send = (path: string, init: RequestInit) => this.#send(path, init)
    await syncBoth({
      ...{ device: this.device, now: this.now, newId: this.#newId, send, transport: createTransport(send) },
      lock: async (_name, work) => (this.isLocked ? 'busy' : work()),
    })
  }

  /** One pass, as the loop makes it; the problem stands in `status`. */
  async sync(): Promise<SyncStatus> {
    const { db, tills } = this
    const loop = this.exchange.loop({ db, till: await this.till(), tills }, (status) => {
      this.status = status
    })
    await loop.poke()
    await loop.stop()
    return this.status
  }

  async context() {
    const { db, tills, now } = this
    return { db, tills, now, accountId: (await this.till()).accountId, newId: this.#newId }
  }

  async #read(text: string) {
    return readShownCode(text, { till: await this.till(), keys: await this.exchange.heldKeys() })
  }

  async checks(text: string) {
    return checkVoucher(await this.context(), (await this.#read(text)).shown)
  }

  async accepts(text: string) {
    return acceptVoucher(await this.context(), await this.#read(text))
  }

  /** Types what was read aloud, and accepts. */
  async types(text: string) {
    const { told } = await this.till()
    const typed = await readTypedNumber(text, { told, today: dayOf(this.now()) })
    if ('typing' in typed) throw new Error(typed.typing)
    return acceptVoucher(await this.context(), typed)
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    if (this.isCutOff) throw new TypeError('no network')
    const { cookies } = this.storage
    const headers = new Headers(init.headers)
    headers.set('origin', ORIGIN)
    if (cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
    const { signal: _, credentials: __, ...rest } = init
    const response = await this.#backend.fetch(new Request(ORIGIN + path, { ...rest, headers }))
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    if (this.losesAnswers-- > 0) throw new TypeError('the answer was lost')
    Phone.use(this.storage)
    return response
  }
}
