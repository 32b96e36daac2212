/**
 * In whatever order a voucher is shown, accepted, given back, ends and is told of, its holder deleting the account or not, with whatever a till's
 * clock says: a till that obeyed its screen is paid, and the points settle or come back, once.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { deleteAccount } from '../../mock-api/book/delete-account.ts'
import { readLeftOf } from '../../mock-api/storage/left-vouchers.ts'
import { readEnded } from '../../mock-api/storage/voucher-ends.ts'
import type { CommandId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { cancel, newCommandId } from '../support/commands.ts'
import { openTestDb } from '../support/database.ts'
import { balancesOf, buy, newOffer, recordsOf, richClient } from '../support/shop.ts'
import { joinTill, type Till } from '../support/till.ts'

const MAX_AGE_MS = 48 * HOUR_MS
const WINDOW_MS = 72 * HOUR_MS

const step = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('set the clock' as const),
      hours: fc.integer({ min: -40, max: 40 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom('tell', 'accept', 'give back', 'sweep', 'open a new page'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('delete the account' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

let backend: Backend
let closeDb: () => Promise<void>
beforeAll(async () => {
  const opened = await openTestDb('pglite')
  closeDb = opened.close
  backend = await startBackend({ db: opened.db })
})
afterAll(async () => {
  expect(await audit(backend.db)).not.toHaveProperty('fault')
  await closeDb()
})

/** What stands at the counter: a screen that knows what it was told, a clock that may be wrong, and a queue. */
class Counter {
  readonly honest = new Map<string, number>()
  readonly #till: Till
  #offMs = 0
  #page = { id: '00000001', since: backend.now() }
  #told = { at: backend.now(), ended: new Set<string>() }
  #queue: CommandOf<'voucher.accept'>[] = []

  constructor(till: Till) {
    this.#till = till
  }

  setClock(offMs: number): void {
    this.#offMs = offMs
  }

  openPage(): void {
    const next = Number.parseInt(this.#page.id, 16) + 1
    this.#page = { id: next.toString(16).padStart(8, '0'), since: backend.now() }
  }

  /** The screen says yes only while it may; what it does not allow is not accepted. */
  accept({ id: voucherId, token }: { id: string; token: string }, expiresAt: number): void {
    const now = backend.now()
    const isFresh = now < this.#told.at + MAX_AGE_MS
    if (!isFresh || this.#told.ended.has(voucherId) || now >= expiresAt) return
    const at = now + this.#offMs
    const clock = { ...this.#reading(), syncedAt: this.#told.at }
    const id = newCommandId(backend) as CommandId
    this.#queue.push({ id, kind: 'voucher.accept', at, clock, body: { token, acceptedAt: at } })
    this.honest.set(id, this.#told.at + WINDOW_MS)
  }

  #reading() {
    return { page: this.#page.id, elapsed: backend.now() - this.#page.since }
  }

  /** Answers what became of the acceptances that were told in time. */
  async tell(): Promise<string[]> {
    const queue = this.#queue
    this.#queue = []
    const sentAt = backend.now() + this.#offMs
    const { receipts } = await this.#till.sync(queue, { sentAt, clock: this.#reading(), wire: 2 })
    const place = { merchantId: 'sample-cafe', accountId: this.#till.accountId, now: backend.now() }
    this.#told = { at: backend.now(), ended: new Set(await readEnded(backend.db, place)) }
    return receipts.flatMap(({ id, outcome }) =>
      backend.now() < (this.honest.get(id) ?? 0) ? [outcome] : [],
    )
  }
}

async function play(steps: readonly Step[]): Promise<void> {
  const me = await richClient(backend)
  const voucher = await buy(backend, me, await newOffer(backend, { validDays: 3 }))
  const { expiresAt = 0 } = voucher.detail.voucher ?? {}
  const till = await joinTill(backend)
  const counter = new Counter(till)
  const outcomes: string[] = []
  let isGone = false
  for (const each of steps) {
    if (each.what === 'wait') backend.now.advance(each.hours * HOUR_MS)
    else if (each.what === 'set the clock') counter.setClock(each.hours * HOUR_MS)
    else if (each.what === 'open a new page') counter.openPage()
    else if (each.what === 'accept') counter.accept(voucher, expiresAt)
    else if (each.what === 'delete the account') {
      await deleteAccount(backend.deps, me.accountId)
      isGone = true
    } else if (each.what === 'give back') {
      if (!isGone) await me.sync([cancel(backend, voucher.id as VoucherId)])
    } else if (each.what === 'sweep') await backend.sweep()
    else outcomes.push(...(await counter.tell()))
  }
  // The first that was told in time is paid; those after it learn who was first.
  if (outcomes.length > 0) expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
  await counter.tell()
  backend.now.advance(10 * DAY_MS)
  await backend.sweep()
  await backend.sweep()
  await till.call('POST', `/api/v1/tills/${till.accountId}/leave`)
  if (isGone) {
    expect(await readLeftOf(backend.db, me.accountId)).toEqual([])
    return
  }
  const ids = (await recordsOf(me)).map(({ body }) => body.id)
  const ends = ids.filter(
    (id) => id === `voucher.settle:${voucher.id}` || id === `voucher.return:${voucher.id}`,
  )
  expect(ends).toHaveLength(1)
  const left = ends[0]?.startsWith('voucher.settle') ? 166 : 216
  expect(await balancesOf(backend, me)).toEqual({ available: left, held: 0 })
}

it('a till that obeyed its screen is paid, and the points settle or come back once', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), play), { numRuns: 40 })
})
