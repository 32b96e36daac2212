/**
 * What a ledger holds beside journal and outbox and nobody can bring back: kept in the page's memory too, for the case that the browser clears
 * the storage under the open page.
 */

import { liveQuery, type Observable } from 'dexie'
import { joined, type NamedRoute } from '../domain/evidence/routes.ts'
import type { CardStates } from '../domain/taking-part/learning.ts'
import type { LedgerDb } from './database.ts'
import { isSameAbout, readMeta, type VoiceDraft, writeMeta } from './meta.ts'
import type { PhotoRow } from './tables.ts'

/** Some 6 MB of memory at most; nobody has as many on their way. */
const PHOTOS_MAX = 20

export interface Keepsakes {
  readonly cards: CardStates
  readonly drafts: readonly VoiceDraft[]
  readonly routes: readonly NamedRoute[]
  /** Those that the backend does not have yet. */
  readonly photos: readonly PhotoRow[]
}

export const NO_KEEPSAKES: Keepsakes = { cards: {}, drafts: [], routes: [], photos: [] }

export function liveKeepsakes(db: LedgerDb): Observable<Keepsakes> {
  return liveQuery(() => readKeepsakes(db))
}

export function readKeepsakes(db: LedgerDb): Promise<Keepsakes> {
  return db.transaction('r', db.meta, db.photos, async () => ({
    cards: (await readMeta(db, 'cards')) ?? {},
    drafts: (await readMeta(db, 'voiceDrafts')) ?? [],
    routes: (await readMeta(db, 'routes')) ?? [],
    photos: await db.photos.where('state').equals('waiting').limit(PHOTOS_MAX).toArray(),
  }))
}

/** Within the transaction that writes the rest; what another tab has written since stays. */
export async function writeKeepsakes(
  db: LedgerDb,
  { cards, drafts, routes, photos }: Keepsakes,
): Promise<void> {
  if (Object.keys(cards).length > 0)
    await writeMeta(db, 'cards', { ...cards, ...(await readMeta(db, 'cards')) })
  await addDrafts(db, drafts)
  await addRoutes(db, routes)
  for (const photo of photos) if (!(await db.photos.get(photo.id))) await db.photos.add(photo)
}

/** One of each kind about each thing: what was written here goes before what comes. */
export async function addDrafts(db: LedgerDb, drafts: readonly VoiceDraft[]): Promise<void> {
  if (drafts.length === 0) return
  const before = (await readMeta(db, 'voiceDrafts')) ?? []
  const others = drafts.filter((draft) => !before.some((one) => isSameAbout(one, draft)))
  await writeMeta(db, 'voiceDrafts', [...before, ...others])
}

/** Those of the same trip keep the name that they have here. */
export async function addRoutes(db: LedgerDb, routes: readonly NamedRoute[]): Promise<void> {
  if (routes.length > 0) await writeMeta(db, 'routes', joined((await readMeta(db, 'routes')) ?? [], routes))
}
