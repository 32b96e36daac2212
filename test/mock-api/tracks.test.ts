/** A track belongs to the account with an act that stands on it: not to whoever merely named it, and never to two. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvidence, releaseEvidence } from '../../mock-api/storage/evidence.ts'
import { claimTracks, giveBackTracks, settleTracks, sweepTracks } from '../../mock-api/verify/tracks.ts'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, signIn } from '../support/client.ts'
import { cleanPlate, newCommandId, withdraw } from '../support/commands.ts'
import { storedState } from '../support/stored-state.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ samples: false, now: Date.parse('2026-12-09T12:00:00+08:00') })
})
afterAll(() => backend.close())

let rides = 0
const someDigest = () => (++rides).toString(16).padStart(64, '0')

/** A ride of 8 km from a file; each call on its own day, so that only the tracks collide. */
function ride(
  track: { digest: string; file?: string },
  given: Partial<ActivityClaim> = {},
): CommandOf<'activity.record'> {
  const startedAt = backend.now() - (++rides % 40) * 24 * HOUR_MS - 3 * HOUR_MS
  return cleanPlate(backend, {
    code: 'bike',
    startedAt,
    endedAt: startedAt + 30 * MINUTE_MS,
    quantity: { value: 8000, unit: 'metre' },
    evidence: { trust: 'import', points: 900, movingSeconds: 1700, maxSpeedMetresPerHour: 24_000, ...track },
    ...given,
  })
}

async function sent(me: Client, act: CommandOf<'activity.record'>): Promise<string> {
  const page = await me.sync([act])
  const record = page.records.find(({ body }) => (JSON.parse(body) as { id: string }).id === act.id)
  const { reasons } = JSON.parse(record?.detail ?? '{}') as RecordDetail
  return reasons?.[0]?.code ?? page.receipts[0]?.outcome ?? ''
}

describe('a track', () => {
  it('is not taken from its owner by an act that does not count', async () => {
    const [thief, owner] = [await signIn(backend), await signIn(backend)]
    const track = { digest: someDigest() }
    const tooFast = ride(track, { quantity: { value: 20_000, unit: 'metre' } })
    expect(await sent(thief, tooFast)).toBe('too_fast')
    expect(await sent(owner, ride(track))).toBe('accepted')
    expect(await sent(thief, ride(track))).toBe('duplicate_track')
  })

  it('is not even claimed by an act that does not count: a claim that another request holds stays as it is', async () => {
    const me = await signIn(backend)
    const track = { digest: someDigest() }
    const { digest } = track
    await claimTracks(backend.deps, me.accountId, { id: newCommandId(backend), digests: [digest] })
    const before = await readEvidence(backend.db, [digest])
    expect(before).toMatchObject([{ accountId: me.accountId, state: 'claimed', attempt: 1 }])
    expect(await sent(me, ride(track, { quantity: { value: 20_000, unit: 'metre' } }))).toBe('too_fast')
    expect(await readEvidence(backend.db, [digest])).toEqual(before)
  })

  it('stays with its owner after the ride is taken back', async () => {
    const [owner, other] = [await signIn(backend), await signIn(backend)]
    const track = { digest: someDigest() }
    const first = ride(track)
    await owner.sync([first])
    await owner.sync([withdraw(backend, first.id)])
    expect(await sent(other, ride(track))).toBe('duplicate_track')
    expect(await sent(owner, ride(track))).toBe('accepted')
  })

  it('counts once within one batch and keeps the ride that was first', async () => {
    const me = await signIn(backend)
    const track = { digest: someDigest() }
    const page = await me.sync([ride(track), ride(track)])
    expect(page.receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected'])
  })

  it('is given back at once when its act came to nothing, and not another’s with it', async () => {
    const [one, two, third] = [await signIn(backend), await signIn(backend), await signIn(backend)]
    const [mine, theirs] = [someDigest(), someDigest()]
    for (const [me, digest] of [[one, mine] as const, [two, theirs] as const])
      await claimTracks(backend.deps, me.accountId, { id: newCommandId(backend), digests: [digest] })
    // As after an append that decided again, since somebody else was first.
    const tracks = { claimed: [mine, theirs], standing: new Set<string>() }
    await settleTracks(backend.deps, one.accountId, tracks)
    expect(await sent(third, ride({ digest: mine }))).toBe('accepted')
    expect(await sent(third, ride({ digest: theirs }))).toBe('duplicate_track')
  })

  it('is given back by the sweeper when a crash left only the claim', async () => {
    const [crashed, other] = [await signIn(backend), await signIn(backend)]
    const track = { digest: someDigest() }
    await claimTracks(backend.deps, crashed.accountId, {
      id: newCommandId(backend),
      digests: [track.digest],
    })
    backend.now.advance(2 * MINUTE_MS)
    await sweepTracks(backend.deps)
    expect(await sent(other, ride(track))).toBe('accepted')
  })

  it('is kept by the sweeper when the append had come through', async () => {
    const [owner, other] = [await signIn(backend), await signIn(backend)]
    const track = { digest: someDigest() }
    expect(await sent(owner, ride(track))).toBe('accepted')
    // As a crash between append and confirmation leaves it.
    await backend.db.query("update evidence_claims set state = 'claimed' where digest = $1", [track.digest])
    backend.now.advance(2 * MINUTE_MS)
    await sweepTracks(backend.deps)
    expect(await sent(other, ride(track))).toBe('duplicate_track')
  })
})

describe('a track that is given back while its act is still being appended', () => {
  it('is claimed again by the append, which decides again, and stays its owner’s', async () => {
    const [owner, other] = [await signIn(backend), await signIn(backend)]
    const digest = someDigest()
    // A second process, stopped between its claim and its append while the sweeper of the first comes by.
    let sweeps = 0
    const slow = await startBackend({
      db: {
        ...backend.db,
        async transaction(work) {
          const [claimed] = await readEvidence(backend.db, [digest])
          if (claimed?.state === 'claimed' && sweeps++ === 0) {
            await giveBackTracks(backend.deps, owner.accountId, [digest])
            expect(await readEvidence(backend.db, [digest])).toEqual([])
          }
          return backend.db.transaction(work)
        },
      },
      now: backend.now,
      samples: false,
    })
    const body = { accountId: owner.accountId, cursor: START, sentAt: backend.now() }
    const response = await slow.fetch(
      new Request('http://localhost:4173/api/v1/sync', {
        method: 'POST',
        headers: { cookie: owner.cookie },
        body: JSON.stringify({ ...body, commands: [canonicalJson(ride({ digest }))] }),
      }),
    )
    expect(await response.json()).toMatchObject({ receipts: [{ outcome: 'accepted' }] })
    expect(sweeps).toBeGreaterThan(0)
    expect(await sent(other, ride({ digest }))).toBe('duplicate_track')
  })

  it('that another account claims after it was looked for is theirs, and the batch is decided again', async () => {
    const [me, quicker] = [await signIn(backend), await signIn(backend)]
    const digests = [someDigest(), someDigest(), someDigest()]
    const claims: number[] = []
    const slow = await startBackend({
      db: {
        ...backend.db,
        async several(statements) {
          const isClaim = statements.every(({ text }) => text.startsWith('insert into evidence_claims'))
          if (isClaim && claims.push(statements.length) === 1)
            await claimTracks(backend.deps, quicker.accountId, {
              id: newCommandId(backend),
              digests: digests.slice(1, 2),
            })
          return backend.db.several(statements)
        },
      },
      now: backend.now,
      samples: false,
    })
    const commands = digests.map((digest) => canonicalJson(ride({ digest })))
    const body = { accountId: me.accountId, cursor: START, sentAt: backend.now(), commands }
    const response = await slow.fetch(
      new Request('http://localhost:4173/api/v1/sync', {
        method: 'POST',
        headers: { cookie: me.cookie },
        body: JSON.stringify(body),
      }),
    )
    const { receipts } = (await response.json()) as { receipts: { outcome: string }[] }
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected', 'accepted'])
    // All at once, each time: three, then the two that are left.
    expect(claims).toEqual([3, 2])
    const held = await readEvidence(backend.db, digests)
    const confirmed = held.filter(({ state }) => state === 'confirmed').map(({ digest }) => digest)
    expect(new Set(confirmed)).toEqual(new Set([digests[0], digests[2]]))
    expect(await sent(quicker, ride({ digest: digests[1] as string }))).toBe('accepted')
  })

  it('is not given back by a look at it that is older than the claim', async () => {
    const owner = await signIn(backend)
    const digest = someDigest()
    const claim = () =>
      claimTracks(backend.deps, owner.accountId, { id: newCommandId(backend), digests: [digest] })
    await claim()
    const [seen] = await readEvidence(backend.db, [digest])
    await claim()
    if (seen) await releaseEvidence(backend.db, seen)
    expect(await readEvidence(backend.db, [digest])).toMatchObject([{ state: 'claimed', attempt: 2 }])
  })
})

describe('many rides of little worth', () => {
  /** 90 rides of ten minutes: after the first ones the day's limit leaves nothing for the rest. */
  function manyRides(): CommandOf<'activity.record'>[] {
    return Array.from({ length: 90 }, (_, i) => {
      const startedAt = backend.now() - (i + 2) * 15 * MINUTE_MS
      return ride(
        { digest: '' },
        {
          startedAt,
          endedAt: startedAt + 10 * MINUTE_MS,
          quantity,
          evidence: {
            trust: 'import',
            digest: someDigest(),
            points: 300,
            movingSeconds: 560,
            maxSpeedMetresPerHour: 24_000,
          },
        },
      )
    })
  }
  const quantity = { value: 2500, unit: 'metre' } as const

  it('keep their tracks when a crash left them open, also those that the state has let go', async () => {
    const [owner, other] = [await signIn(backend), await signIn(backend)]
    const rides = manyRides()
    const { receipts } = await owner.sync(rides)
    const standing = rides.filter((_, i) => receipts[i]?.outcome !== 'rejected')
    const read = () =>
      backend.db.query<{ n: number }>(
        "select count(*)::bigint as n from evidence_claims where account_id = $1 and state = 'confirmed'",
        [owner.accountId],
      )
    const [before] = await read()
    expect(before?.n).toBe(standing.length)
    const held = JSON.stringify(await storedState(backend.db, owner.accountId))
    const letGo = standing.filter(({ id }) => !held.includes(id))
    expect(letGo.length).toBeGreaterThan(10)
    const [back] = letGo
    await owner.sync([withdraw(backend, (back as { id: string }).id as ActivityId)])
    await backend.db.query("update evidence_claims set state = 'claimed' where account_id = $1", [
      owner.accountId,
    ])
    backend.now.advance(2 * MINUTE_MS)
    for (let i = 0; i < 2; i++) await sweepTracks(backend.deps)
    expect((await read())[0]?.n).toBe(standing.length - 1)
    const { evidence } = (letGo[1] as (typeof letGo)[number]).body as { evidence: { digest: string } }
    expect(await sent(other, ride({ digest: evidence.digest }))).toBe('duplicate_track')
  })
})

describe('a track that a rejected act took before claims were given back', () => {
  /** As migration 013 found it: confirmed, whatever became of the act. */
  async function taken(by: Client): Promise<{ digest: string }> {
    const track = { digest: someDigest() }
    const tooFast = ride(track, { quantity: { value: 20_000, unit: 'metre' } })
    expect(await sent(by, tooFast)).toBe('too_fast')
    await claimTracks(backend.deps, by.accountId, { id: tooFast.id, digests: [track.digest] })
    await backend.db.query("update evidence_claims set state = 'confirmed' where digest = $1", [track.digest])
    return track
  }

  it('is there again for whoever rode it', async () => {
    const [thief, owner] = [await signIn(backend), await signIn(backend)]
    const track = await taken(thief)
    expect(await sent(owner, ride(track))).toBe('accepted')
    expect(await sent(thief, ride(track))).toBe('duplicate_track')
  })

  it('stays when another act of the same account stands on it', async () => {
    const [first, other] = [await signIn(backend), await signIn(backend)]
    const track = await taken(first)
    expect(await sent(first, ride(track))).toBe('accepted')
    expect(await sent(other, ride(track))).toBe('duplicate_track')
    expect(
      await backend.db.query('select state from evidence_claims where digest = $1', [track.digest]),
    ).toEqual([{ state: 'confirmed' }])
  })
})

describe('a file of several trips', () => {
  const file = someDigest
  const part = (whole: string) => ({ digest: someDigest(), file: whole })

  it('counts each of its trips for one account', async () => {
    const me = await signIn(backend)
    const whole = file()
    expect(await sent(me, ride(part(whole)))).toBe('accepted')
    expect(await sent(me, ride(part(whole)))).toBe('accepted')
  })

  it('belongs as a whole to the first account with one of its trips', async () => {
    const [one, two] = [await signIn(backend), await signIn(backend)]
    const whole = file()
    expect(await sent(one, ride(part(whole)))).toBe('accepted')
    expect(await sent(two, ride(part(whole)))).toBe('duplicate_track')
    expect(await sent(two, ride({ digest: whole }))).toBe('duplicate_track')
  })

  it('is known from an older app that counted it as one ride', async () => {
    const [one, two] = [await signIn(backend), await signIn(backend)]
    const whole = file()
    expect(await sent(one, ride({ digest: whole }))).toBe('accepted')
    expect(await sent(one, ride(part(whole)))).toBe('duplicate_track')
    expect(await sent(two, ride(part(whole)))).toBe('duplicate_track')
  })

  it('is not counted as one ride by an older app after its trips', async () => {
    const me = await signIn(backend)
    const whole = file()
    const trip = part(whole)
    expect(await sent(me, ride(trip))).toBe('accepted')
    expect(await sent(me, ride({ digest: whole }))).toBe('duplicate_track')
    expect(await sent(me, ride(trip))).toBe('duplicate_track')
  })

  it('leaves nothing behind when another has the file: the trip stays free', async () => {
    const [one, two] = [await signIn(backend), await signIn(backend)]
    const whole = file()
    await one.sync([ride(part(whole))])
    const trip = part(whole)
    expect(await sent(two, ride(trip))).toBe('duplicate_track')
    expect(await sent(one, ride(trip))).toBe('accepted')
  })
})

describe('the clock of the phone that sends', () => {
  const sentBy = async (me: Client, act: CommandOf<'activity.record'>, sentAt: number) => {
    const page = await me.sync([act], { sentAt })
    const detail = JSON.parse(page.records.at(-1)?.detail ?? '{}') as RecordDetail
    return { outcome: page.receipts[0]?.outcome, ...detail.assessment }
  }
  const tomorrow = () => backend.now() + 20 * HOUR_MS

  it('cannot open tomorrow by saying that it is tomorrow', async () => {
    const me = await signIn(backend)
    const act = cleanPlate(backend, { startedAt: tomorrow() - HOUR_MS })
    const found = await sentBy(me, act, tomorrow())
    // Its clock is corrected by what it claims to be wrong: an act of this morning, filed as one.
    expect(found).toMatchObject({
      outcome: 'accepted',
      day: '2026-12-09',
      startedAt: act.body.startedAt - 20 * HOUR_MS,
    })
    const ahead = cleanPlate(backend, { startedAt: backend.now() + 6 * MINUTE_MS })
    expect((await sentBy(me, ahead, backend.now())).reasons).toEqual([
      { code: 'in_future', numbers: { given: 6 } },
    ])
    const further = cleanPlate(backend, { startedAt: tomorrow() + HOUR_MS })
    expect((await sentBy(me, further, tomorrow())).outcome).toBe('rejected')
  })

  it('changes nothing about an act that its own times explain', async () => {
    const me = await signIn(backend)
    const act = cleanPlate(backend, { startedAt: backend.now() - 2 * HOUR_MS })
    const found = await sentBy(me, act, tomorrow())
    expect(found).toMatchObject({ outcome: 'accepted' })
    expect(found.startedAt).toBeUndefined()
  })
})
