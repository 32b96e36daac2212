/** What waiting commands are decided by, the same object for as long as nothing of it changes: then a projection goes on from the last. */

import type { OfferId } from '../domain/base/ids.ts'
import { type Instant, MINUTE_MS } from '../domain/base/time.ts'
import type { World } from '../domain/ledger/decision.ts'
import type { Pack } from '../domain/methodology/pack.ts'
import { useOffersStore } from './offers.ts'
import { useServices } from './services.ts'

/** Undefined for the moment in which the kept offers are being read: without them, what waits for one would be shown as refused. */
type WorldOf = (packAt: (at: Instant) => Pack) => World | undefined

/**
 * By the beginning of the present minute. What a command of this minute says of the time is ahead of it by less than either side takes for
 * the network's.
 * @param offset the backend's clock minus the phone's, as far as the phone knows it
 */
export function usePreviewWorld(given: {
  offset: () => number
  idleAct: NonNullable<World['idleAct']>
}): WorldOf {
  const services = useServices()
  const offers = useOffersStore()
  let made: { world: World; offers: unknown; pack: Pack; offset: number } | undefined

  return (packAt) => {
    if (!offers.isRead) return undefined
    const offset = given.offset()
    const now = services.now() + offset
    const at = now - (now % MINUTE_MS)
    const pack = packAt(at)
    const isSame = made?.world.now === at && made.offers === offers.rows && made.pack === pack
    if (!made || !isSame || made.offset !== offset) {
      const world: World = {
        now: at,
        pack,
        exchange: { sentAt: at - offset, page: services.page() },
        offer: (id: OfferId) => offers.currentOffer(id),
        idleAct: given.idleAct,
      }
      made = { world, offers: offers.rows, pack, offset }
    }
    return made.world
  }
}
