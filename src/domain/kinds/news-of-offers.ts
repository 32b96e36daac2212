/** News of offers that somebody waits for: there is more of one. */
import { DAY_MS, type Instant } from '../base/time.ts'
import type { News } from './news.ts'

/** Kept by a person on their phone. */
export interface OfferFavourite {
  /** Sold out when they asked to be told of more. */
  readonly waitsSince?: Instant
  /** When this phone first saw that there is more. */
  readonly backAt?: Instant
}

/** How long it is news. */
const BACK_DAYS = 30

export function newsOfOffers(
  favourites: { readonly [offerId: string]: OfferFavourite },
  now: Instant,
): News[] {
  return Object.entries(favourites).flatMap(([about, { backAt }]): News[] => {
    if (backAt === undefined || now - backAt > BACK_DAYS * DAY_MS) return []
    return [
      {
        id: `offer:${about}:${backAt}`,
        topic: 'offerBack',
        at: backAt,
        path: `/rewards/offer/${about}`,
        about,
      },
    ]
  })
}

/** Once there is more, whoever waited has been told, and waits no longer. Undefined: nothing has changed. */
export function notedBack(
  favourites: { readonly [offerId: string]: OfferFavourite },
  available: ReadonlySet<string>,
  now: Instant,
): { [offerId: string]: OfferFavourite } | undefined {
  const back = Object.entries(favourites).filter(
    ([id, { waitsSince }]) => waitsSince !== undefined && available.has(id),
  )
  if (back.length === 0) return undefined
  return { ...favourites, ...Object.fromEntries(back.map(([id]) => [id, { backAt: now }])) }
}
