/** Offers that a person has marked, and of which of them they want to be told: kept beside their ledger on this phone, never sent, gone when it leaves. */
import { liveQuery, type Observable } from 'dexie'
import type { Instant } from '../domain/base/time.ts'
import { notedBack, type OfferFavourite } from '../domain/kinds/news-of-offers.ts'
import type { LedgerDb } from './database.ts'
import { readMeta, writeMeta } from './meta.ts'

export type OfferFavourites = { readonly [offerId: string]: OfferFavourite }

export function liveOfferFavourites(db: LedgerDb): Observable<OfferFavourites> {
  return liveQuery(async () => (await readMeta(db, 'offerFavourites')) ?? {})
}

/** Undefined: none any more. Read and written in one step, so that two tabs do not undo each other. */
export function changeOfferFavourite(
  db: LedgerDb,
  offerId: string,
  change: (before: OfferFavourite | undefined) => OfferFavourite | undefined,
): Promise<void> {
  return db.transaction('rw', db.meta, async () => {
    const { [offerId]: before, ...others } = (await readMeta(db, 'offerFavourites')) ?? {}
    const after = change(before)
    await writeMeta(db, 'offerFavourites', after === undefined ? others : { ...others, [offerId]: after })
  })
}

export function noteOffersBack(db: LedgerDb, available: ReadonlySet<string>, now: Instant): Promise<void> {
  return db.transaction('rw', db.meta, async () => {
    const next = notedBack((await readMeta(db, 'offerFavourites')) ?? {}, available, now)
    if (next) await writeMeta(db, 'offerFavourites', next)
  })
}
