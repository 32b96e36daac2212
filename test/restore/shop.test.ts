/** A shop and a customer after a restored backup: whoever syncs first, the shop is paid once and the points are spent once. */
import { describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { accept, newCommandId } from '../support/commands.ts'
import type { Phone } from '../support/phone.ts'
import { copyOfDevice, journalOfBackend } from '../support/same-ledger.ts'
import { buy as buyWith, newOffer, richClient } from '../support/shop.ts'
import { joinTill } from '../support/till.ts'
import { detailOnPhone, points } from './life.ts'

const phones = usePhones()

/** A customer with 356 points, and the shop's phone; both synced. */
async function people(number = freshPhone()) {
  const shop = await phones.open()
  await shop.joinTill(phones.backend)
  await shop.sync()
  const me = await phones.signedIn(number)
  await recordActivity(me.context, trackedRide(phones.backend.now() - DAY_MS))
  await me.sync()
  return { shop, me, offer: await newOffer(phones.backend) }
}

async function buy(
  me: Phone,
  offer: Parameters<typeof redeemOffer>[1],
): Promise<{ id: VoucherId; token: string }> {
  const id = await redeemOffer(me.use().context, offer)
  await me.sync()
  return { id, token: (await detailOnPhone(me, id))?.voucher?.token ?? '' }
}

/** The command by which the shop accepts. */
async function acceptAt(shop: Phone, token: string): Promise<string> {
  const command = accept(phones.backend, token)
  await enqueue(shop.use().db, command)
  return command.id
}

const entry = (shop: Phone, id: string) => shop.use().db.entries.where('id').equals(id).first()
const rowOf = (shop: Phone, id: string) => shop.use().db.outbox.where('id').equals(id).first()

async function expectSettledOnce(
  shop: Phone,
  me: Phone,
  paid: { before: number; left: number },
): Promise<void> {
  expect(await points(shop)).toEqual({ available: paid.before + 50, held: 0 })
  expect(await points(me)).toEqual({ available: paid.left, held: 0 })
  for (const phone of [shop, me])
    expect((await copyOfDevice(phone.use().db)).journal).toEqual(
      await journalOfBackend(phones.backend, phone.profile.ledgerId),
    )
  expect(await audit(phones.backend.db)).not.toHaveProperty('fault')
}

describe('an acceptance that was not told yet', () => {
  it.each([false, true])(
    'waits for the holder’s phone, and is then paid (a key made in the lost part: %s)',
    async (isKeyLost) => {
      const { backend } = phones
      const { shop, me, offer } = await people()
      const backup = await backend.snapshot()
      backend.now.advance(HOUR_MS)
      if (isKeyLost) await backend.deps.keyring.rotate('vouchers')
      const { token } = await buy(me, offer)
      if (isKeyLost) await shop.use().sync()
      await backend.restoreAsSaid(backup)
      const before = (await points(shop)).available
      const id = await acceptAt(shop, token)
      await shop.sync()
      expect(await rowOf(shop, id)).toMatchObject({ state: 'waiting' })
      expect(await entry(shop, id)).toBeUndefined()
      await me.use().sync()
      await shop.use().sync()
      expect((await entry(shop, id))?.outcome).toBe('accepted')
      await me.use().sync()
      await expectSettledOnce(shop, me, { before, left: 306 })
    },
  )

  it('by a number alone waits for the holder’s phone as long as the voucher is good, and three days more', async () => {
    const { backend } = phones
    const { shop, me } = await people()
    const offer = await newOffer(backend, { validDays: 20 })
    const backup = await backend.snapshot()
    backend.now.advance(HOUR_MS)
    const bought = [await buy(me, offer), await buy(me, offer)]
    const codes: string[] = []
    for (const { id } of bought) codes.push((await detailOnPhone(me, id))?.voucher?.code ?? '')
    await backend.restoreAsSaid(backup)
    const ids: string[] = []
    for (const code of codes) {
      const id = newCommandId(backend)
      const body = { code, acceptedAt: backend.now() }
      await enqueue(shop.use().db, { id, kind: 'voucher.accept', at: backend.now(), body })
      ids.push(id)
    }
    const [first = '', second = ''] = ids
    await shop.sync()
    backend.now.advance(6 * DAY_MS)
    await shop.sync()
    expect(await rowOf(shop, first)).toMatchObject({ state: 'waiting' })
    await me.use().sync()
    await shop.use().sync()
    expect((await entry(shop, first))?.outcome).toBe('accepted')
    expect((await entry(shop, second))?.outcome).toBe('accepted')
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('by a number whose holder never comes is refused three days after the voucher’s end', async () => {
    const { backend } = phones
    const { shop, me } = await people()
    const offer = await newOffer(backend, { validDays: 5 })
    const backup = await backend.snapshot()
    const { id: voucherId } = await buy(me, offer)
    const code = (await detailOnPhone(me, voucherId))?.voucher?.code ?? ''
    await backend.restoreAsSaid(backup)
    const id = newCommandId(backend)
    const body = { code, acceptedAt: backend.now() }
    await enqueue(shop.use().db, { id, kind: 'voucher.accept', at: backend.now(), body })
    await shop.sync()
    backend.now.advance(7 * DAY_MS)
    await shop.sync()
    expect(await rowOf(shop, id)).toMatchObject({ state: 'waiting' })
    backend.now.advance(3 * DAY_MS)
    await shop.sync()
    expect((await entry(shop, id))?.outcome).toBe('refused')
  })

  it('signed by a key that only the shop’s phone still knows, the key comes back with the shop', async () => {
    const { backend } = phones
    const { shop, me, offer } = await people()
    const backup = await backend.snapshot()
    backend.now.advance(HOUR_MS)
    const [made] = await backend.deps.keyring.rotate('vouchers')
    const kid = made?.kid
    const { token } = await buy(me, offer)
    const second = await buy(me, offer)
    await acceptAt(shop, second.token)
    await shop.sync() // so that it has seen the new key
    await backend.restoreAsSaid(backup)
    await acceptAt(shop, token)
    await shop.sync()
    expect((await backend.deps.keyring.publicKeys()).keys.map((key) => key.kid)).toContain(kid)
  })

  it('of a voucher whose holder never comes back is paid after the window, and its points are spent once', async () => {
    const { backend } = phones
    const { shop, me, offer } = await people()
    const backup = await backend.snapshot()
    const { id: voucherId, token } = await buy(me, offer)
    await backend.restoreAsSaid(backup)
    const before = (await points(shop)).available
    const id = await acceptAt(shop, token)
    await shop.sync()
    backend.now.advance(72 * HOUR_MS)
    await shop.sync()
    expect((await entry(shop, id))?.outcome).toBe('accepted')
    // Then the holder's phone comes after all: its purchase is proven, and was paid for already.
    await me.use().sync()
    expect((await me.db.entries.where('id').equals(voucherId).first())?.outcome).toBe('refused')
    await expectSettledOnce(shop, me, { before, left: 306 })
  })

  it.each([
    ['takes the piece that is left', 5, 0],
    ['counts beyond stock when somebody else has the last piece', 1, 1],
  ])('of a voucher that nobody remembers %s', async (_what, total, beyondStock) => {
    const { backend } = phones
    const { shop, me } = await people()
    const offer = await newOffer(backend, { pricePoints: 50, valueFen: 40 }, { total })
    const backup = await backend.snapshot()
    const { id: voucherId, token } = await buy(me, offer)
    await backend.restoreAsSaid(backup)
    if (total === 1) await buyWith(backend, await richClient(backend), offer)
    const before = (await audit(backend.db)).beyondStock ?? 0
    await acceptAt(shop, token)
    await shop.sync()
    backend.now.advance(72 * HOUR_MS)
    await shop.sync()
    const claims = () =>
      backend.db.query(
        'select state, value_fen as fen from offer_claims where claim_id = $1 and account_id = $2',
        [voucherId, me.profile.ledgerId],
      )
    expect(await claims()).toEqual([{ state: 'confirmed', fen: 40 }])
    backend.now.advance(HOUR_MS)
    await backend.sweep()
    await me.use().sync()
    expect(await claims()).toEqual([{ state: 'confirmed', fen: 40 }])
    const result = await audit(backend.db)
    expect(result).not.toHaveProperty('fault')
    expect((result.beyondStock ?? 0) - before).toBe(beyondStock)
  })

  it('an older shop, which cannot be told to ask again, is paid at once for a voucher that the restored book knows', async () => {
    const { backend } = phones
    const { me, offer } = await people()
    const { token } = await buy(me, offer)
    const backup = await backend.snapshot()
    await backend.restoreAsSaid(backup)
    const till = await joinTill(backend)
    const command = accept(backend, token)
    expect((await till.sync([command])).receipts[0]?.outcome).toBe('accepted')
    await me.use().sync()
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })
})

it('a newer shop waits for the holder’s phone also when the restored book knows the voucher', async () => {
  const { backend } = phones
  const { shop, me, offer } = await people()
  const { token } = await buy(me, offer)
  await backend.restoreAsSaid(await backend.snapshot())
  const id = await acceptAt(shop, token)
  await shop.sync()
  expect(await rowOf(shop, id)).toMatchObject({ state: 'waiting' })
  await me.use().sync()
  await shop.use().sync()
  expect((await entry(shop, id))?.outcome).toBe('accepted')
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})

describe('an acceptance that was posted in the lost part', () => {
  it.each(['the shop', 'the holder'])('comes back on both sides when %s syncs first', async (first) => {
    const { backend } = phones
    const { shop, me, offer } = await people()
    const backup = await backend.snapshot()
    const { token } = await buy(me, offer)
    const before = (await points(shop)).available
    const id = await acceptAt(shop, token)
    await shop.sync()
    await me.use().sync()
    await backend.restoreAsSaid(backup)
    const [one, two] = first === 'the shop' ? [shop, me] : [me, shop]
    await one.use().sync()
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    backend.now.advance(HOUR_MS)
    await backend.sweep()
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await two.use().sync()
    await shop.use().sync()
    await me.use().sync()
    expect((await entry(shop, id))?.outcome).toBe('accepted')
    expect(await backend.db.query('select * from awaited_settlements')).toEqual([])
    expect(
      await backend.db.query('select state from crossings where account_id = $1', [me.profile.ledgerId]),
    ).toEqual([{ state: 'done' }])
    await expectSettledOnce(shop, me, { before, left: 306 })
    // Shown once more, it is known who was first.
    const again = await acceptAt(shop, token)
    await shop.sync()
    expect((await entry(shop, again))?.outcome).toBe('refused')
  })

  it('whose holder knows the voucher but not yet that it was accepted is settled from the shop’s proof', async () => {
    const { backend } = phones
    const { shop, me, offer } = await people()
    const backup = await backend.snapshot()
    const { id: voucherId, token } = await buy(me, offer)
    const before = (await points(shop)).available
    await acceptAt(shop, token)
    await shop.sync()
    await backend.restoreAsSaid(backup)
    await shop.sync()
    await me.use().sync()
    await me.sync()
    expect((await me.db.vouchers.get(voucherId))?.state).toBe('used')
    await expectSettledOnce(shop, me, { before, left: 306 })
  })

  it('is paid by the shop’s proof alone when the holder does not come within the window, and once', async () => {
    const { backend } = phones
    const { shop, me, offer } = await people()
    const backup = await backend.snapshot()
    const { id: voucherId, token } = await buy(me, offer)
    const before = (await points(shop)).available
    await acceptAt(shop, token)
    await shop.sync()
    await backend.restoreAsSaid(backup)
    await shop.sync()
    backend.now.advance(8 * DAY_MS)
    await backend.sweep()
    // Nobody has heard of the holder yet, and the shop's side has its other half.
    const owner = [me.profile.ledgerId]
    expect(await backend.db.query('select state from crossings where account_id = $1', owner)).toEqual([
      { state: 'done' },
    ])
    expect(await backend.db.query('select available from accounts where account_id = $1', owner)).toEqual([
      { available: 306 },
    ])
    expect(
      await backend.db.query('select claim_id, state from offer_claims where offer_id = $1', [offer.id]),
    ).toEqual([{ claim_id: voucherId, state: 'confirmed' }])
    await me.use().sync()
    await shop.use().sync() // its days have ended meanwhile
    await expectSettledOnce(shop, me, { before, left: 306 })
  })
})

it('an older journal does not name the shop: the shop’s own tail does', async () => {
  const { backend } = phones
  const { shop, me, offer } = await people()
  const backup = await backend.snapshot()
  const { token } = await buy(me, offer)
  await acceptAt(shop, token)
  await shop.sync()
  await me.use().sync()
  await backend.restoreAsSaid(backup)
  await me.use().sync()
  // As a journal of the first builds leaves it.
  for (const sql of [
    'update settlements set merchant_account_id = null, command_id = null where account_id = $1',
    'update crossings set follower_id = null, follower_record = null where account_id = $1',
  ])
    await backend.db.query(sql, [me.profile.ledgerId])
  expect(await audit(backend.db)).not.toHaveProperty('fault')
  await shop.use().sync()
  expect(
    await backend.db.query('select follower_id as shop, state from crossings where account_id = $1', [
      me.profile.ledgerId,
    ]),
  ).toEqual([{ shop: shop.profile.ledgerId, state: 'done' }])
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})
