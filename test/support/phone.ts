/**
 * A phone without a screen: its own storage, the app's own actions and exchange, a network that a test can bend, and storage steps that a
 * test can make crash. Two tabs are two `Phone`s over one storage.
 */
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { adoptGuestLedger, finishAdoptions } from '../../src/actions/adopt-guest-ledger.ts'
import type { ActionContext, DeviceContext } from '../../src/actions/context.ts'
import { openGuestLedger } from '../../src/actions/open-guest-ledger.ts'
import { signIn } from '../../src/actions/sign-in.ts'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import { type LedgerDb, openLedgerDb } from '../../src/db/database.ts'
import { DeviceDb, type Profile } from '../../src/db/device.ts'
import { rebuild, refresh } from '../../src/db/journal.ts'
import { readMeta } from '../../src/db/meta.ts'
import { requeueDeferred } from '../../src/db/outbox.ts'
import { sessionSecretOf } from '../../src/db/session-secret.ts'
import type { PageReading } from '../../src/domain/base/clock.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { syncAll } from '../../src/pwa/sync-all.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import { passOf } from '../../src/sync/connect.ts'
import type { Lock } from '../../src/sync/lock.ts'
import type { PassResult } from '../../src/sync/pass.ts'
import { createTransport, type Transport } from '../../src/sync/transport.ts'
import type { Backend } from './backend.ts'
import { type Joining, joinTill, type Till } from './till.ts'

/** Where the phone's bytes are; outlives crashes and tabs. */
export interface Storage {
  factory: IDBFactory
  /** Cookies by name, as the backend set them. */
  readonly cookies: Map<string, string>
}

export const newStorage = (): Storage => ({ factory: new IDBFactory(), cookies: new Map() })

export class Crash extends Error {
  override readonly name = 'Crash'
}

export interface PhoneOptions {
  readonly storage?: Storage
  /** The phone's own clock, right or wrong. */
  readonly now: () => number
  /** What no setting of the clock changes; absent: the clock itself. */
  readonly uptime?: () => number
  readonly newId: () => string
  /** The way to the backend; throws when the network is gone. */
  readonly send: (request: Request) => Promise<Response>
  /** Commands of a batch at most; absent: as in life. */
  readonly batchMax?: number
  /** The app as it was before wire 2: says no version, and knows only the cookie. */
  readonly isOldBuild?: boolean
}

export const ORIGIN = 'http://localhost:4173'

let pages = 0
let marks = 0
/** Of a database that this page is the first to open. */
const markOfPage = () => `mark ${++marks}`

export class Phone {
  readonly storage: Storage
  readonly #options: PhoneOptions
  device!: DeviceDb
  db!: LedgerDb
  profile!: Profile
  transport: Transport
  #till: Till | undefined
  /** Storage steps left until a crash. */
  #stepsLeft = Number.POSITIVE_INFINITY
  #pageId = ''
  #startedAt = 0

  constructor(options: PhoneOptions) {
    this.#options = options
    this.storage = options.storage ?? newStorage()
    this.transport = createTransport((path, init) => this.#fetch(path, init), {
      secretOf: (accountId) =>
        this.db?.isOpen() && accountId === this.profile.ledgerId
          ? readMeta(this.db, 'sessionSecret')
          : sessionSecretOf(accountId),
    })
  }

  /** Dexie takes its IndexedDB from one global: every step of a phone begins by saying whose it is. */
  use(): this {
    Phone.use(this.storage)
    return this
  }

  static use({ factory }: Storage): void {
    Dexie.dependencies.indexedDB = factory as unknown as typeof indexedDB
    Dexie.dependencies.IDBKeyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange
  }

  /** Opens the app: finishes what a crash left, as main.ts and an upgraded app do. */
  async open(city: Profile['city'] = 'weifang'): Promise<this> {
    this.use()
    this.#stepsLeft = Number.POSITIVE_INFINITY
    this.#pageId = String(++pages).padStart(8, '0')
    this.#startedAt = (this.#options.uptime ?? this.#options.now)()
    this.device = new DeviceDb(markOfPage())
    await finishAdoptions(this.device)
    const currentId = (await this.device.facts.get('currentLedgerId'))?.value as string | undefined
    const known = currentId === undefined ? undefined : await this.device.profiles.get(currentId)
    this.profile = known ?? (await openGuestLedger(this.deviceContext, city))
    await this.#openLedger()
    return this
  }

  async #openLedger(): Promise<void> {
    this.use()
    this.db?.close()
    this.db = this.#withCrashes(openLedgerDb(this.profile.ledgerId, markOfPage()))
    await refresh(this.db, groupOfCode)
  }

  readonly #page = (): PageReading => {
    const { uptime = this.#options.now } = this.#options
    return { page: this.#pageId, elapsed: Math.max(0, uptime() - this.#startedAt) }
  }

  close(): void {
    this.db?.close()
    this.device?.close()
  }

  get context(): ActionContext {
    const { now } = this.#options
    return { db: this.db, now, newId: () => this.#options.newId() as CommandId, page: this.#page }
  }

  get deviceContext(): DeviceContext {
    return { device: this.device, now: this.#options.now, newId: () => this.#options.newId() as CommandId }
  }

  /** Signs in by the code that the simulated gateway shows. */
  async signIn(phone: string): Promise<number> {
    this.use()
    const api = createBackendApi(this.transport)
    await api.requestCode(phone)
    const sms = await api.demoSms(phone)
    if (!sms) throw new Error('the gateway shows nothing')
    this.db.close()
    const asked = { phone, code: sms.code, deviceName: 'Test phone', city: this.profile.city }
    const { profile, adopted } = await signIn(this.deviceContext, api, asked)
    this.profile = profile
    await this.#openLedger()
    return adopted
  }

  /** Comes in at a branch's counter: from then on what it syncs is the branch's ledger, by the routes and proofs of a till. */
  async joinTill(backend: Backend, joining: Joining = {}): Promise<void> {
    this.use()
    const till = await joinTill(backend, joining)
    this.#till = till
    this.db.close()
    const { accountId } = till
    const answer = { accountId, isNew: false, city: till.joined.branch.city, phoneMasked: '' }
    const asked = { phone: '', code: '', deviceName: 'Test till', city: this.profile.city }
    const { profile } = await signIn(this.deviceContext, { signIn: async () => answer }, asked)
    this.profile = profile
    await this.#openLedger()
  }

  async adopt(account: string): Promise<number> {
    this.use()
    return adoptGuestLedger(this.device, { guest: this.profile.ledgerId, account })
  }

  /** One pass of the exchange. Throws SyncProblem, or Crash when the test asked for one. */
  async sync(): Promise<PassResult> {
    this.use()
    const { db, device, transport } = this
    return passOf({
      db,
      accountId: this.profile.ledgerId,
      device,
      transport,
      now: this.#options.now,
      page: this.#page,
      groupOf: groupOfCode,
      batchMax: this.#options.batchMax,
    })()
  }

  /** The worker, on a phone where no page may be open: a second actor with connections of its own. */
  async background(lock: Lock): Promise<void> {
    this.use()
    const device = new DeviceDb()
    const transport = createTransport((path, init) => this.#fetch(path, init))
    await syncAll({ device, transport, lock, now: this.#options.now, pins: undefined }).finally(() =>
      device.close(),
    )
  }

  /** The next version of the app: derived rows are made anew, and what was deferred is tried again. */
  async upgrade(): Promise<void> {
    this.use()
    await rebuild(this.db, groupOfCode)
    await requeueDeferred(this.db)
  }

  /** The phone dies at the n-th storage step from now: that step and all later ones do not happen. */
  crashAfter(steps: number): void {
    this.#stepsLeft = steps
  }

  /** After a crash: the same storage, opened by a new app. */
  async reopen(): Promise<this> {
    this.close()
    return this.open(this.profile.city)
  }

  #withCrashes(db: LedgerDb): LedgerDb {
    const step = () => {
      if (this.#stepsLeft-- <= 0) throw new Crash()
    }
    db.use({
      stack: 'dbcore',
      name: 'crashes',
      create: (core) => ({
        ...core,
        transaction: (...args) => {
          step()
          return core.transaction(...args)
        },
        table: (name) => {
          const table = core.table(name)
          return {
            ...table,
            mutate: async (request) => {
              step()
              return table.mutate(request)
            },
          }
        },
      }),
    })
    return db
  }

  async #fetch(asked: string, init: RequestInit): Promise<Response> {
    const path = this.#till ? tillPath(asked, this.#till) : asked
    const headers = new Headers(init.headers)
    headers.set('origin', ORIGIN)
    const cookie = [...this.storage.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie) headers.set('cookie', cookie)
    const { signal: _, credentials: __, ...rest } = init
    if (this.#till && path !== asked)
      for (const [name, value] of Object.entries(await this.#till.headers(init.method ?? 'GET', path)))
        headers.set(name, value)
    if (this.#options.isOldBuild) {
      headers.delete(SECRET_HEADER)
      if (typeof rest.body === 'string') rest.body = withoutWire(rest.body)
    }
    const response = await this.#options.send(new Request(ORIGIN + path, { ...rest, headers }))
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(line)) this.storage.cookies.delete(pair.slice(0, at))
      else this.storage.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}

/** What a till asks for its branch, instead of what a phone asks for its account. Where the branch lies is not a till's to say: that is not found. */
function tillPath(path: string, { accountId }: Till): string {
  if (path === '/api/v1/sync') return `/api/v1/tills/${accountId}/sync`
  return path.replace(
    new RegExp(`^/api/v1/accounts/${accountId}/(tail|keys|city)(?=$|\\?)`),
    `/api/v1/tills/${accountId}/$1`,
  )
}

function withoutWire(text: string): string {
  const { wire: _, ...body } = JSON.parse(text) as { wire?: unknown }
  return JSON.stringify(body)
}
