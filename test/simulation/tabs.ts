/** One tab of a phone, and what its person does there. Two tabs share a storage and what was recorded in it. */
import { appealActivity } from '../../src/actions/appeal-activity.ts'
import { cancelVoucher } from '../../src/actions/cancel-voucher.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { undoActivity } from '../../src/actions/undo-activity.ts'
import type { ActivityId, VoucherId } from '../../src/domain/base/ids.ts'
import { HOUR_MS } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { claim, trackedRide } from '../support/builders.ts'
import type { Phone, Storage } from '../support/phone.ts'
import type { Random } from '../support/random.ts'
import { BrokenInvariant } from './checks.ts'
import { deriveAgain } from './sabotage.ts'
import { photoOf, takePart } from './take-part.ts'
import { idsAt, photosAt, type World } from './world.ts'

export interface Tab {
  phone: Phone
  readonly storage: Storage
  /** Ids that this storage promised to keep. */
  readonly promised: Set<string>
  /** Nominations and appeals with a photo that were made in this storage. */
  readonly photos: Set<string>
}

export async function record({ phone, promised }: Tab, random: Random): Promise<void> {
  promised.add(await recordActivity(phone.context, someAct(phone.context.now(), random)))
}

export function someAct(now: number, random: Random): ActivityClaim {
  const startedAt = now - random.below(40 * 24) * HOUR_MS
  const kinds = [
    () => claim({ startedAt, quantity: { value: 300 + random.below(9000), unit: 'metre' } }),
    () => trackedRide(startedAt - HOUR_MS),
    () => claim({ code: 'bus', startedAt, quantity: { value: random.below(80_000), unit: 'metre' } }),
    () => claim({ code: 'clean-plate', startedAt, quantity: { value: 1 + random.below(4), unit: 'count' } }),
    () => claim({ code: 'own-bag', startedAt, quantity: { value: 1, unit: 'count' }, note: '菜市场' }),
  ]
  return random.pick(kinds)()
}

/** A question answered, an event, a word to the city, perhaps with a photo. */
export async function joinIn(
  { phone, promised, photos }: Tab,
  { backend, random }: Pick<World, 'backend' | 'random'>,
): Promise<void> {
  const { id, hasPhoto } = await takePart(phone.context, backend, random)
  promised.add(id)
  if (hasPhoto) photos.add(id)
}

export async function changeMind({ phone, promised, photos }: Tab, world: World): Promise<void> {
  const { random } = world
  const activityId = random.pick([...promised, world.newId()]) as ActivityId
  if (random.below(2)) {
    const photo = world.step % 3 === 0 ? photoOf(world.step % 250) : undefined
    const id = await appealActivity(phone.context, { activityId, note: '请再看一次' }, photo)
    promised.add(id)
    if (photo) photos.add(id)
    return
  }
  if ((await undoActivity(phone.context, activityId)) !== 'forgotten') return
  promised.delete(activityId)
  photos.delete(activityId)
}

export async function spend(
  { phone, promised }: Tab,
  { random, offers }: Pick<World, 'random' | 'offers'>,
): Promise<void> {
  const vouchers = await phone.db.vouchers.where('state').equals('active').primaryKeys()
  if (vouchers.length > 0 && random.below(3) === 0)
    await cancelVoucher(phone.context, random.pick(vouchers) as VoucherId)
  else promised.add(await redeemOffer(phone.context, random.pick(offers)))
}

/** Perhaps with a crash on the way. True: it came upon a fork. */
export async function sync({ phone }: Tab, { random, sabotage }: World): Promise<boolean> {
  if (random.below(4) === 0) phone.crashAfter(random.below(40))
  const before = await phone.db.meta.get('forkNotice')
  await phone.sync().finally(() => phone.crashAfter(Number.POSITIVE_INFINITY))
  const after = await phone.db.meta.get('forkNotice')
  if (sabotage === 'apply twice') await deriveAgain(phone)
  return JSON.stringify(before) !== JSON.stringify(after)
}

/** What a phone recorded is in its outbox or in its journal, at every instant. */
export async function checkKept({ phone, promised, photos }: Tab, step: number): Promise<void> {
  const { db, profile, storage } = phone.use()
  const { ledgerId } = profile
  if (photos.size > 0) {
    const held = new Set(photosAt(storage, ledgerId) ?? (await db.photos.toCollection().primaryKeys()))
    for (const id of photos)
      if (!held.has(id)) throw new BrokenInvariant(`step ${step}: the photo of ${id} is gone`)
  }
  const kept = new Set(await idsAt(storage, ledgerId))
  for (const id of promised)
    if (!kept.has(id))
      throw new BrokenInvariant(`step ${step}: ${id} is neither in the outbox nor in the journal`)
}
