/**
 * Places at a day of planting are pieces of stock like those of an offer: claimed before the record of who signs up, confirmed after it, released
 * when nothing came of it, given back with the sign-up. So a crash at any point neither loses a place nor gives one twice.
 */
import type { AccountId, OfferId, VoucherId } from '../../src/domain/base/ids.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import type { Decision, World } from '../../src/domain/ledger/decision.ts'
import type { Ledger } from '../../src/domain/ledger/ledger-state.ts'
import type { PlantingDay } from '../../src/domain/taking-part/planting.ts'
import type { Deps } from '../base/deps.ts'
import { insertStock, lockStock, readStockSums } from '../storage/offers.ts'
import { addToBucket } from '../storage/stock-raises.ts'
import type { StockReturn } from '../storage/stock-returns.ts'
import type { SetAside } from './set-aside.ts'
import { bucketsFor, type Claim, claimEvenBeyond, claimPiece } from './stock.ts'

const PREFIX = 'planting/'

/** No offer has such an id: theirs are one word. */
function placesOf(dayId: string): OfferId {
  return `${PREFIX}${dayId}` as OfferId
}

export function isPlace({ offerId }: { readonly offerId: string }): boolean {
  return offerId.startsWith(PREFIX)
}

function wishFor(accountId: AccountId, dayId: string, joinId: string) {
  return { offer: { id: placesOf(dayId), valueFen: 0 }, accountId, voucherId: joinId as VoucherId }
}

/** As many as the day has by now, however often this is called: more may be added, and none is taken away. */
export async function ensurePlaces(deps: Deps, { id, places }: PlantingDay): Promise<void> {
  const offerId = placesOf(id)
  const bucketsOf = (total: number) => bucketsFor({ total, budgetFen: 0, valueFen: 0 })
  await deps.db.transaction(async (tx) => {
    await insertStock(tx, offerId, bucketsOf(places))
    const more = places - (await lockStock(tx, offerId))
    if (more > 0) for (const bucket of bucketsOf(more)) await addToBucket(tx, offerId, bucket)
  })
}

/** How many are left of each day, by its id. */
export async function placesLeft(
  deps: Deps,
  days: readonly PlantingDay[],
): Promise<ReadonlyMap<string, number>> {
  const sums = await readStockSums(
    deps.db,
    days.map(({ id }) => placesOf(id)),
  )
  return new Map(days.map(({ id }) => [id, Number(sums.get(placesOf(id))?.remaining ?? 0)]))
}

/** What the ledger grants still has to be there: a place is claimed before it is promised. */
export async function throughPlaces(
  deps: Deps,
  { claims }: Pick<SetAside, 'claims'>,
  wish: {
    readonly accountId: AccountId
    readonly ledger: Ledger
    readonly command: CommandOf<'planting.join'>
    readonly decision: Decision
    readonly world: World
  },
): Promise<Decision> {
  const { accountId, ledger, command, decision, world } = wish
  if (decision.outcome === 'refused') return decision
  const { dayId } = command.body
  if (await claimPiece(deps, wishFor(accountId, dayId, command.id)))
    return decide(command, ledger, { ...world, place: 'planting_full' })
  const voucherId = command.id as string as VoucherId
  claims.set(command.id, { offerId: placesOf(dayId), accountId, voucherId })
  return decision
}

/** For a sign-up that is proven: it counts also when its place has gone to somebody else since. */
export function claimProvenPlace(
  deps: Deps,
  accountId: AccountId,
  { dayId, joinId }: { readonly dayId: string; readonly joinId: string },
): Promise<Claim> {
  return claimEvenBeyond(deps, wishFor(accountId, dayId, joinId))
}

/** A sign-up given back makes room for somebody else. */
export function givingBack(
  decision: Decision,
  { accountId, ledger }: { readonly accountId: AccountId; readonly ledger: Ledger },
): { readonly decision: Decision; readonly stockReturn?: StockReturn } {
  const { about: joinId = '', outcome } = decision
  const open = ledger.plantings?.[joinId]
  if (outcome === 'refused' || !open) return { decision }
  return { decision, stockReturn: placeReturn(accountId, joinId, open.dayId) }
}

/** The place that goes back with a sign-up. */
export function placeReturn(accountId: AccountId, joinId: string, dayId: string): StockReturn {
  return { accountId, voucherId: joinId, offerId: placesOf(dayId) }
}
