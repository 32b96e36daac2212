/** At the counter without a network: what is accepted is kept before anybody is told yes, once, whatever becomes of the page. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { followJournal, liveAcceptances, liveUnsent } from '../../src/db/acceptances.ts'
import { isQuotaError } from '../../src/db/quota-error.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { openCommand } from '../../src/domain/ledger/open-record.ts'
import { BRANCH, COFFEE, Counter } from '../support/counter.ts'
import { makeTestKey, signFreely } from '../support/keys.ts'
import { fillDisk, WAYS } from './full-disk.ts'

let till: Counter
const opened: Counter[] = []
let makeRoom = () => {}

beforeEach(async () => {
  till = await Counter.open()
  opened.push(till)
})
afterEach(() => {
  makeRoom()
  for (const each of opened.splice(0)) each.close()
})

async function again(): Promise<Counter> {
  const other = await till.again()
  opened.push(other)
  return other
}

const first = <T>(observed: { subscribe(next: (value: T) => void): { unsubscribe(): void } }) =>
  new Promise<T>((resolve) => {
    const reading = observed.subscribe((value) => {
      resolve(value)
      setTimeout(() => reading.unsubscribe())
    })
  })

describe('a voucher that is accepted', () => {
  it('is a command in the outbox, with the token as it was signed, and a line of the list with its hour', async () => {
    const { token, code } = await till.sells()
    const done = await till.accepts(await till.reads(code))
    expect(done.verdict).toMatchObject({ kind: 'accept', fen: 1200, offer: { titleZh: '中杯咖啡' } })
    const [row] = await till.db.outbox.toArray()
    expect(openCommand(row?.text ?? '')).toMatchObject({
      kind: 'voucher.accept',
      body: { token, acceptedAt: till.now() },
    })
    const [line] = await first(liveUnsent(till.db))
    expect(line).toMatchObject({ fen: 1200, titleZh: '中杯咖啡', connectBy: till.now() + 72 * HOUR_MS })
  })

  it('is known again by its code and by its number, whichever came first', async () => {
    const byCode = await till.sells()
    await till.accepts(await till.reads(byCode.code))
    const typed = await till.accepts(await till.hearsNumber(byCode.number.toLowerCase()))
    expect(typed.verdict).toMatchObject({ kind: 'already_accepted', at: till.now() })

    const byNumber = await till.sells()
    const number = await till.accepts(await till.hearsNumber(byNumber.number))
    expect(number.verdict).toMatchObject({ kind: 'accept', fen: 1200 })
    expect(await till.checks(byNumber.code)).toMatchObject({ kind: 'already_accepted' })
    expect(await till.db.outbox.count()).toBe(2)
  })

  it('by a full code of before is accepted as well', async () => {
    const { token } = await till.sells()
    expect((await till.accepts(await till.reads(token))).verdict.kind).toBe('accept')
  })

  it('is still accepted after the page was closed', async () => {
    const { code } = await till.sells()
    await till.accepts(await till.reads(code))
    till.close()
    const later = await again()
    expect(await later.checks(code)).toMatchObject({ kind: 'already_accepted' })
  })

  it('and was only looked at when the page died, is as it was', async () => {
    const { code } = await till.sells()
    await till.checks(code)
    till.close()
    const later = await again()
    expect(await later.db.outbox.count()).toBe(0)
    expect((await later.accepts(await later.reads(code))).verdict.kind).toBe('accept')
  })

  it('in two tabs at once is accepted in one, and the other says so', async () => {
    const { code } = await till.sells()
    const other = await again()
    const [here, there] = [await till.reads(code), await other.reads(code)]
    expect(await other.checks(code)).toMatchObject({ kind: 'accept' })
    const done = await Promise.all([till.accepts(here), other.accepts(there)])
    expect(done.map(({ verdict }) => verdict.kind).sort()).toEqual(['accept', 'already_accepted'])
    expect(await till.db.outbox.count()).toBe(1)
  })

  it('is asked about anew at the tap: what was yes a while ago may have ended by then', async () => {
    const { code, id } = await till.sells({ validDays: 0 })
    const read = await till.reads(code)
    expect(await till.checks(code)).toMatchObject({ kind: 'accept' })
    await till.hears([id])
    expect((await till.accepts(read)).verdict).toEqual({ kind: 'ended' })
    await till.hears()
    till.now.advance(DAY_MS)
    expect((await till.accepts(read)).verdict.kind).toBe('expired')
    expect(await till.db.outbox.count()).toBe(0)
  })
})

describe.each(WAYS)('a full disk that %s', (way) => {
  it('accepts nothing and says so; with room the same voucher is accepted', async () => {
    const read = await till.reads((await till.sells()).code)
    makeRoom = fillDisk(way)
    const error = await till.accepts(read).catch((reason: unknown) => reason)
    expect(isQuotaError(error)).toBe(true)
    makeRoom()
    expect(await till.db.outbox.count()).toBe(0)
    expect(await till.db.acceptances.count()).toBe(0)
    expect((await till.accepts(read)).verdict.kind).toBe('accept')
  })

  it('between the command and its line leaves neither', async () => {
    const read = await till.reads((await till.sells()).code)
    await till.checks((await till.sells()).code) // so that looking at the clock writes nothing more
    makeRoom = fillDisk(way, 1)
    await expect(till.accepts(read)).rejects.toThrow()
    makeRoom()
    expect(await till.db.outbox.count()).toBe(0)
    expect(await till.db.acceptances.count()).toBe(0)
  })
})

describe('what is shown and is none', () => {
  it('has its own verdict each, and breaks nothing', async () => {
    const thief = await makeTestKey('0011223344556677', {
      purpose: 'vouchers',
      notBefore: 0,
      notAfter: till.now() + DAY_MS,
    })
    const unknown = await makeTestKey('ffffffffffffffff', {
      purpose: 'vouchers',
      notBefore: 0,
      notAfter: till.now() + DAY_MS,
    })
    const good = await till.sells()
    const other = await till.sells({ merchant: 'sample-books' })
    const [head, claims] = good.token.split('.') as [string, string]
    const altered = btoa(atob(claims).replace('"points":800', '"points":900'))
    const none = `${btoa('{"alg":"none","typ":"greentrace-voucher+jwt"}')}.${claims}.`
    const firstTimes = await signFreely(
      JSON.stringify({ ...JSON.parse(atob(claims)), iat: till.now(), exp: till.now() + DAY_MS }),
      till.key.signing,
      { typ: 'greentrace-voucher+jwt' },
    )
    const base64url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    const said: readonly (readonly [string, string])[] = [
      ['https://example.org/pay?to=somebody', 'not_a_voucher'],
      ['', 'not_a_voucher'],
      ['GT2:', 'damaged'],
      [`GT2:${'A'.repeat(4096)}`, 'damaged'],
      ['A'.repeat(4096), 'not_a_voucher'],
      [good.code.slice(0, -8), 'damaged'],
      [other.code, 'other_shop'],
      [other.token, 'other_shop'],
      [
        base64url(`${head}.${altered}`.replaceAll('=', '')) + good.token.slice(good.token.lastIndexOf('.')),
        'forged',
      ],
      [base64url(none), 'forged'],
      [firstTimes, 'forged'],
      [(await till.sells({ key: thief })).code, 'forged'],
      [(await till.sells({ key: unknown })).code, 'cannot_check'],
    ]
    for (const [text, kind] of said)
      expect([text.slice(0, 40), (await till.checks(text)).kind]).toEqual([text.slice(0, 40), kind])
    for (const newer of ['GT3:6BF+70', 'GT10:'])
      expect(await till.checks(newer)).toMatchObject({ kind: 'cannot_check', why: 'app_old' })
    expect(await till.db.outbox.count()).toBe(0)
  })

  it('a number is wrong, of before, or not yet whole', async () => {
    const { number } = await till.sells()
    const last = number.at(-1) === '0' ? '1' : '0'
    expect((await till.hearsNumber(number.slice(0, -1) + last)).shown).toEqual({ fault: 'wrong_number' })
    expect((await till.hearsNumber('7K2M 94QX 13')).shown).toEqual({ fault: 'old_number' })
    await expect(till.hearsNumber('7K2M')).rejects.toThrow('too_short')
    await expect(till.hearsNumber(`${number}7`)).rejects.toThrow('too_long')
    await expect(till.hearsNumber('兑换券')).rejects.toThrow('not_a_number')
  })
})

describe('a till’s clock', () => {
  it('set back to bring an expired voucher to life brings nothing, also after the page was closed', async () => {
    const { code } = await till.sells({ validDays: 0 })
    till.now.advance(DAY_MS)
    expect((await till.checks(code)).kind).toBe('expired')
    till.now.advance(-DAY_MS + 10 * MINUTE_MS)
    expect(await till.checks(code)).toMatchObject({ kind: 'cannot_check', why: 'clock' })
    till.close()
    const later = await again()
    expect(await later.checks(code)).toMatchObject({ kind: 'cannot_check', why: 'clock' })
  })

  it('that ran ahead is right again with the next exchange', async () => {
    const { code } = await till.sells()
    till.now.advance(40 * HOUR_MS)
    await till.checks(code)
    till.now.advance(-40 * HOUR_MS)
    expect(await till.checks(code)).toMatchObject({ why: 'clock' })
    await till.hears()
    expect(await till.checks(code)).toMatchObject({ kind: 'accept' })
  })

  it('48 hours after the last exchange takes nothing more', async () => {
    const { code } = await till.sells()
    till.now.advance(48 * HOUR_MS - 1)
    expect(await till.checks(code)).toMatchObject({ kind: 'accept' })
    till.now.advance(1)
    expect(await till.checks(code)).toMatchObject({ kind: 'cannot_check', why: 'status_old' })
  })
})

describe('the list follows the journal', () => {
  const acceptanceOf = ({ number }: { number: string }, fen = 1200) =>
    ({
      offerId: COFFEE.id,
      offerVersion: 2,
      pricePoints: 800,
      merchantId: 'sample-cafe',
      expiresAt: 0,
      code: number,
      token: '',
      valueFen: fen,
    }) as const

  it('what another till of the branch took is known here, with that till’s name', async () => {
    const sold = await till.sells()
    const detail = {
      about: sold.id,
      acceptance: acceptanceOf(sold),
      by: { actor: 'till', till: { id: 'x', name: '二号' } },
    } as const
    await till.stores('other-command', { kind: 'voucher.accept', outcome: 'accepted', detail })
    // Not even followed yet: the tap looks into the journal itself.
    expect((await till.accepts(await till.reads(sold.code))).verdict).toMatchObject({
      kind: 'already_accepted',
      till: '二号',
    })
    expect(await till.checks(sold.code)).toMatchObject({ kind: 'already_accepted', till: '二号' })
  })

  it('ours is posted, or refused with its reason, and then the voucher can be accepted again', async () => {
    const sold = await till.sells()
    const done = await till.accepts(await till.reads(sold.code))
    const id = 'id' in done ? done.id : ''
    await till.stores(id, {
      kind: 'voucher.accept',
      outcome: 'refused',
      detail: { about: sold.id, reasons: [{ code: 'voucher_late' }] },
    })
    await followJournal(till.db)
    const rows = await first(liveAcceptances(till.db, { from: 0, before: till.now() + 1 }))
    expect(rows).toMatchObject([{ id, outcome: 'refused', reason: { code: 'voucher_late' } }])
    expect(await till.checks(sold.code)).toMatchObject({ kind: 'accept' })
  })

  it('a refund stands at what it took back', async () => {
    const sold = await till.sells()
    const done = await till.accepts(await till.reads(sold.code))
    const id = 'id' in done ? done.id : ''
    await till.stores(id, {
      kind: 'voucher.accept',
      outcome: 'accepted',
      detail: { about: sold.id, acceptance: acceptanceOf(sold) },
    })
    await till.stores('refund', { kind: 'voucher.refund', outcome: 'accepted', detail: { about: id } })
    await followJournal(till.db)
    expect(await till.db.acceptances.get(id)).toMatchObject({ outcome: 'accepted', refundedAt: till.now() })
  })

  it('another history in its place forgets what other tills had, and waits again with what is ours', async () => {
    const [ours, theirs] = [await till.sells(), await till.sells()]
    const done = await till.accepts(await till.reads(ours.code))
    const id = 'id' in done ? done.id : ''
    await till.stores(id, {
      kind: 'voucher.accept',
      outcome: 'accepted',
      detail: { about: ours.id, acceptance: acceptanceOf(ours) },
    })
    await till.stores('theirs', {
      kind: 'voucher.accept',
      outcome: 'accepted',
      detail: { about: theirs.id, acceptance: acceptanceOf(theirs) },
    })
    await followJournal(till.db)
    await till.db.journal.clear()
    await till.db.meta.delete('cursor')
    await followJournal(till.db)
    expect(await till.db.acceptances.toArray()).toMatchObject([
      { id, names: expect.arrayContaining([ours.id]) },
    ])
    expect((await till.db.acceptances.get(id))?.outcome).toBeUndefined()
  })
})

it('a till’s key can be used and not be carried away', async () => {
  const { keys } = (await till.tills.tills.get(BRANCH)) ?? {}
  expect(keys?.privateKey.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('jwk', keys?.privateKey as CryptoKey)).rejects.toThrow()
})
