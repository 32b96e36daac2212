/** The audit passes over an honest book, and names the row when anything in it was changed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import type { Param } from '../../mock-api/storage/db.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { trackedRide } from '../support/builders.ts'
import { type Client, signIn } from '../support/client.ts'
import { accept, cancel, cleanPlate } from '../support/commands.ts'
import { ENGINES, type Snapshot } from '../support/database.ts'
import { buy, newOffer, richClient } from '../support/shop.ts'
import { joinTill } from '../support/till.ts'

describe.each(ENGINES)('audit on %s', (engine) => {
  let backend: Backend
  let me: Client
  let honest: Snapshot
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
    me = await richClient(backend)
    await me.sync([cleanPlate(backend, trackedRide(backend.now() - DAY_MS))])
    const offer = await newOffer(backend)
    const shop = await joinTill(backend)
    const used = await buy(backend, me, offer)
    const cheap = await buy(backend, me, await newOffer(backend, { pricePoints: 30 }))
    await shop.sync([accept(backend, used.token), accept(backend, cheap.token)])
    const back = await buy(backend, me, offer)
    await me.sync([cancel(backend, back.id as never), cleanPlate(backend, { code: 'no-such-act' })])
    backend.now.advance(80 * HOUR_MS)
    await backend.sweep()
    const gone = await signIn(backend)
    await gone.sync([cleanPlate(backend)])
    await gone.call('DELETE', `/api/v1/accounts/${gone.accountId}`)
    honest = await backend.snapshot()
  })
  afterAll(() => backend.close())

  it('passes over an honest book', async () => {
    const result = await audit(backend.db)
    expect(result).not.toHaveProperty('fault')
    expect(result.records).toBeGreaterThan(9)
  })

  const tampered: readonly [what: string, sql: string, fault: RegExp][] = [
    [
      'a transfer',
      `update records set body = replace(body, '72', '99') where account_id = $1 and seq = 1`,
      /record 1: the hash does not follow/,
    ],
    [
      'a detail',
      `update records set detail = replace(detail, '72', '99') where account_id = $1 and seq = 1`,
      /record 1: the detail is not the one hashed/,
    ],
    [
      'a detail that is gone',
      'update records set detail = null, salt = null where account_id = $1 and seq = 1',
      /record 1: the detail is gone/,
    ],
    [
      'a record that is gone',
      'delete from records where account_id = $1 and seq = 2',
      /record 3: a gap before it/,
    ],
    [
      'a last record that is gone',
      'delete from records where account_id = $1 and seq = (select max(seq) from records where account_id = $1)',
      /expects/,
    ],
    [
      'an outcome',
      `update records set outcome = 'refused' where account_id = $1 and seq = 1`,
      /record 1: the columns differ/,
    ],
    [
      'another text under an id',
      `update records set command_digest = 'x' where account_id = $1 and seq = 1`,
      /record 1: the command digest differs/,
    ],
    [
      'a balance on the way',
      'update records set available_after = 1 where account_id = $1 and seq = 2',
      /record 2: available differs/,
    ],
    [
      'a balance',
      'update accounts set available = available + 1 where account_id = $1',
      /says another available/,
    ],
    ['what is held', 'update accounts set held = held + 1 where account_id = $1', /says another held/],
    ['a head', `update accounts set head_hash = 'x' where account_id = $1`, /says another head/],
    [
      'a state',
      `update accounts set state = replace(state, '"seq":', '"seq":1') where account_id = $1`,
      /stored state differs/,
    ],
    [
      'a day of the state that is gone',
      'delete from day_acts where account_id = $1',
      /the acts of [-\d]+ are not stored/,
    ],
    [
      'an act that stands twice in its day',
      `update day_acts set acts = replace(acts, ']', ',' || substr(acts, 2)) where account_id = $1`,
      /the stored acts of [-\d]+ differ/,
    ],
    [
      'an act that was altered',
      `update day_acts set acts = replace(acts, '"outcome":"accepted"', '"outcome":"rejected"') where account_id = $1`,
      /the stored acts of [-\d]+ differ/,
    ],
    [
      'a day that stands twice',
      `insert into day_acts (account_id, day, acts) select account_id, '2020-01-01', acts from day_acts where account_id = $1 limit 1`,
      /acts of 2020-01-01 are stored that the fold does not have/,
    ],
    [
      'a track that cannot be found',
      'delete from day_digests where account_id = $1',
      /a track is not found by its digest/,
    ],
    [
      'a digest that leads nowhere',
      `insert into day_digests (account_id, digest, day) values ($1, 'd', '2020-01-01')`,
      /a digest leads to a day without its track/,
    ],
    ['when to sweep', 'update accounts set next_due_at = 1 where account_id = $1', /next due time differs/],
    [
      'stock',
      'update offer_stock set remaining = remaining - 1 where remaining > 5 and $1::uuid is not null',
      /stock used is not what was claimed/,
    ],
    [
      'a crossing that is gone, in both forms',
      'with before as (delete from settlements where account_id = $1) delete from crossings where account_id = $1',
      /2 settle: driven by records, but 0 by rows/,
    ],
    [
      'a crossing that nothing drives',
      `update crossings set crossing_id = crossing_id || 'x' where account_id = $1`,
      /crossing voucher.settle:.*x: no record drives it/,
    ],
    [
      'a crossing that its follower never had',
      `update crossings set follower_record = 'another' where account_id = $1`,
      /done, but not in the journal of its follower/,
    ],
    [
      'a crossing that gives one side more than the other took',
      `update crossings c set follower_record = o.follower_record from crossings o
        where c.account_id = $1 and o.account_id = $1 and o.crossing_id <> c.crossing_id`,
      /the two sides leave -?20 points in between/,
    ],
    [
      'a crossing to a living account that is called gone',
      `update crossings set reason = 'gone' where account_id = $1`,
      /done as gone, but followed/,
    ],
    ['a claim', `delete from offer_claims where account_id = $1`, /stock used/],
  ]

  it.each(tampered)('finds %s', async (_what, sql, fault) => {
    await backend.db.query(sql, [me.accountId] as Param[])
    expect((await audit(backend.db)).fault).toMatch(fault)
    await backend.restore(honest)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('finds days that a deleted account has left behind', async () => {
    const [gone] = await backend.db.query<{ id: string }>(
      'select account_id as id from accounts where deleted_at is not null',
    )
    await backend.db.query(`insert into day_acts (account_id, day, acts) values ($1, '2026-11-20', '[]')`, [
      gone?.id ?? '',
    ])
    expect((await audit(backend.db)).fault).toMatch(/deleted, but a state is left/)
    await backend.restore(honest)
  })
})
