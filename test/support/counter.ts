/** A till at the counter without any backend: its storage, what it was last told, vouchers signed as the backend signs them. Two tabs are two of them over one storage. */
import { acceptVoucher } from '../../src/actions/till/accept-voucher.ts'
import { checkVoucher } from '../../src/actions/till/check-voucher.ts'
import { type ReadShown, readShownCode, readTypedNumber } from '../../src/actions/till/read-shown.ts'
import { type LedgerDb, openTillLedgerDb } from '../../src/db/database.ts'
import { writeMeta } from '../../src/db/meta.ts'
import { TillDb, type TillRow } from '../../src/db/till.ts'
import type { CommandId, MerchantId, VoucherId } from '../../src/domain/base/ids.ts'
import { addDays, DAY_MS, dayOf, startOfDay } from '../../src/domain/base/time.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import type { TillOffer } from '../../src/domain/till/verdict.ts'
import { bitsOfVoucher, writeNumber } from '../../src/proof/number-mark.ts'
import { smallCodeOf } from '../../src/proof/small-code.ts'
import { signVoucher } from '../../src/proof/voucher-token.ts'
import { type TestClock, testClock } from './clock.ts'
import { idsOf } from './ids.ts'
import { makeTestKey, type TestKey } from './keys.ts'
import { newStorage, Phone, type Storage } from './phone.ts'

export const BRANCH = '0190a5b8-0000-7000-8000-00000000000b'
const MERCHANT = 'sample-cafe' as MerchantId

export const COFFEE: TillOffer = {
  n: 3,
  id: 'coffee-medium',
  version: 2,
  titleZh: '中杯咖啡',
  titleEn: 'Medium coffee',
  category: 'food',
  valueFen: 1200,
  termsZh: '限堂食',
  termsEn: 'In the shop',
}

export interface Sold {
  readonly id: VoucherId
  readonly token: string
  readonly code: string
  readonly number: string
}

export class Counter {
  readonly storage: Storage
  readonly now: TestClock
  readonly newId: () => string
  readonly key: TestKey
  readonly numberKey: Uint8Array<ArrayBuffer>
  tills!: TillDb
  db!: LedgerDb

  private constructor(of: Pick<Counter, 'storage' | 'now' | 'newId' | 'key' | 'numberKey'>) {
    this.storage = of.storage
    this.now = of.now
    this.newId = of.newId
    this.key = of.key
    this.numberKey = of.numberKey
  }

  /** Joined, and connected this very moment. */
  static async open(): Promise<Counter> {
    const now = testClock()
    const life = { notBefore: now() - DAY_MS, notAfter: now() + 400 * DAY_MS }
    const key = await makeTestKey('0011223344556677', { purpose: 'vouchers', ...life })
    const numberKey = new Uint8Array(32).fill(7)
    const counter = new Counter({ storage: newStorage(), now, newId: idsOf(7), key, numberKey })
    await counter.#openDbs()
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ])
    const place = {
      merchantId: MERCHANT,
      nameZh: '一店',
      nameEn: 'One',
      merchantZh: '咖啡',
      merchantEn: 'Coffee',
      city: 'weifang',
    } as const
    const till: TillRow = {
      accountId: BRANCH,
      tillId: 't',
      name: '一号',
      role: 'manager',
      place,
      secret: 's',
      keys,
      joinedAt: now(),
    }
    await counter.tills.tills.put(till)
    await counter.hears()
    return counter
  }

  /** Another tab, or the same one after a reload or a crash. */
  async again(): Promise<Counter> {
    const other = new Counter(this)
    await other.#openDbs()
    return other
  }

  close(): void {
    this.tills.close()
    this.db.close()
  }

  async #openDbs(): Promise<void> {
    Phone.use(this.storage)
    this.tills = new TillDb()
    this.db = openTillLedgerDb(BRANCH, 'mark')
    await this.tills.open()
    await this.db.open()
  }

  /** The backend tells what has ended; the clock is put right. */
  async hears(ended: readonly string[] = [], offers: readonly TillOffer[] = [COFFEE]): Promise<void> {
    const at = this.now()
    const told = { at, ended, revokedKeys: [], offers, numberKey: this.numberKey }
    await this.tills.tills.update(BRANCH, { told, seenAt: at })
    await writeMeta(this.db, 'head', { jws: '', at })
    await writeMeta(this.db, 'clockOffset', 0)
  }

  async sells(given: { merchant?: string; validDays?: number; key?: TestKey } = {}): Promise<Sold> {
    const { merchant = MERCHANT, validDays = 7, key = this.key } = given
    const id = this.newId() as VoucherId
    const expiresOn = addDays(dayOf(this.now()), validDays)
    const claims = {
      jti: id,
      sub: this.newId(),
      merchant,
      offer: COFFEE.id,
      version: 2,
      points: 800,
      fen: 1200,
      n: 3,
      iat: this.now(),
      exp: startOfDay(expiresOn) + DAY_MS,
    }
    const token = await signVoucher(claims, key.signing)
    const bits = await bitsOfVoucher(this.numberKey, id)
    const number = await writeNumber(this.numberKey, { bits, n: 3, expiresOn })
    return { id, token, code: (await smallCodeOf(token)) ?? '', number }
  }

  get context() {
    const { db, tills, now } = this
    return { db, tills, now, accountId: BRANCH, newId: () => this.newId() as CommandId }
  }

  async reads(text: string): Promise<ReadShown> {
    const till = (await this.tills.tills.get(BRANCH)) as TillRow
    return readShownCode(text, { till, keys: { keys: [this.key.key] } })
  }

  async hearsNumber(text: string): Promise<ReadShown> {
    const told = (await this.tills.tills.get(BRANCH))?.told
    const read = await readTypedNumber(text, { told, today: dayOf(this.now()) })
    if ('typing' in read) throw new Error(read.typing)
    return read
  }

  async checks(text: string) {
    return checkVoucher(this.context, (await this.reads(text)).shown)
  }

  async accepts(read: ReadShown) {
    return acceptVoucher(this.context, read)
  }

  /** A record that has come of the branch's journal, as the exchange stores it. */
  async stores(id: string, record: { kind: string; outcome: string; detail: RecordDetail }): Promise<void> {
    const seq = (await this.db.journal.count()) + 1
    const { kind, outcome, detail } = record
    const body = JSON.stringify({
      v: 1,
      account: BRANCH,
      seq,
      at: this.now(),
      kind,
      id,
      outcome,
      transfers: [],
    })
    const hash = String(seq).padStart(64, '0')
    await this.db.journal.put({ seq, id, body, hash, detail: JSON.stringify(detail) })
    await this.db.outbox.where('id').equals(id).delete()
    await writeMeta(this.db, 'cursor', { seq, hash })
  }
}
