/** Single facts of a ledger, each with its key and its type, named once. */

import type { CityId } from '../domain/base/city.ts'
import type { Instant } from '../domain/base/time.ts'
import type { Grams } from '../domain/base/units.ts'
import type { NamedRoute } from '../domain/evidence/routes.ts'
import type { OfferFavourite } from '../domain/kinds/news-of-offers.ts'
import type { Head } from '../domain/ledger/ledger-part.ts'
import type { CardStates } from '../domain/taking-part/learning.ts'
import type { FeedbackTopic } from '../domain/taking-part/voice.ts'
import { type Cursor, START } from '../proof/cursor.ts'
import type { LedgerDb } from './database.ts'
import type { NewPhoto } from './tables.ts'

export type VoiceKind = 'feedback.send' | 'case.nominate'

/** A word to the city that was begun: which command it is to become, what it is about, and what stands on the form. */
export interface VoiceDraft {
  readonly kind: VoiceKind
  readonly city: CityId
  readonly measureId?: string
  readonly topic?: FeedbackTopic
  readonly title?: string
  readonly text: string
  readonly newPhoto?: NewPhoto | undefined
}

/** Why a second look is asked for, begun and not sent. */
export interface AppealDraft {
  readonly activityId: string
  readonly note: string
  readonly newPhoto?: NewPhoto | undefined
}

/** Which form a draft stands on. */
export type VoiceAbout = Pick<VoiceDraft, 'kind' | 'city' | 'measureId'>

export function isSameAbout(a: VoiceAbout, b: VoiceAbout): boolean {
  return a.kind === b.kind && a.city === b.city && a.measureId === b.measureId
}

/** What became of the records that a restored backend had lost. The first builds told `requeued` alone. */
export interface ForkNotice {
  readonly at: Instant
  /** Asked for again, to be decided anew. */
  readonly requeued: number
  /** Back as they were, or decided as of their time. */
  readonly restored?: number
  /** Decisions of people, and settlements, that nobody can ask for again. */
  readonly lost?: number
}

/** What of the news is remembered of a city's plan: the version that this ledger knows, and since when. */
export interface KnownContent {
  readonly version: string
  readonly since: Instant
  /** It was there from the beginning, so that it is no news. */
  readonly isFirst?: true
}

/** Of which news a notification has been shown, or need not be: they were before the person's eyes. */
export interface NoticedNews {
  readonly upTo: number
  readonly ids: readonly string[]
}

export interface Meta {
  /** Last record stored, and its hash. */
  cursor: Cursor
  /** The fold of the journal up to the cursor, but for its days: see pieces.ts. */
  ledger: Head
  /** Compact JWS of the last head stored, and when it came. */
  head: { jws: string; at: Instant }
  /** Whether the journal has once been pulled to its end: until then no balance is shown. */
  restore: { isComplete: boolean; lastSeq: number }
  /** Backend's clock minus this device's, ms. */
  clockOffset: number
  lastSyncedAt: Instant
  /** What the person has to be told of a fork, until read. */
  forkNotice: ForkNotice
  /** Which `derive` made the derived rows. */
  derivedVersion: number
  goalGrams: Grams
  favourites: readonly string[]
  /** Offers that were marked, and which of them somebody waits for. */
  offerFavourites: { readonly [offerId: string]: OfferFavourite }
  /** Learning cards that were looked at. */
  cards: CardStates
  /** Set, with the adopting account or `left`, in the transaction after which nothing can be written here any more. */
  closed: string
  /** When this ledger last left the phone as a file. */
  exportedAt: Instant
  /** The account is gone on the backend: only export remains. */
  deletedAt: Instant
  /** What was begun and not sent yet: one of each kind about each thing, so that words about one never go out under another. */
  voiceDrafts: readonly VoiceDraft[]
  /** The same of appeals: one of each act. */
  appealDrafts: readonly AppealDraft[]
  /** What requests for this account carry beside its cookie: gone with the ledger, so that the cookie alone opens nothing. */
  sessionSecret: string
  /** Later members of requests that the backend reads: see backend-reads.ts. */
  backendReads: readonly string[]
  /** Trips with a name of the person's, in their order. */
  routes: readonly NamedRoute[]
  /** The version of the app that last tried the deferred commands. */
  deferredTriedBy: string
  /** The highest record up to which the news were read: here, or on another phone of the account. */
  readUpTo: number
  /** Of it, what the backend has told last. Absent: it never told any, and is not told either. */
  readUpToTold: number
  /** News of no record (a warning, what is about to end) that were read here, as long as they are news. */
  readNews: readonly string[]
  knownContent: { readonly [city: string]: KnownContent }
  noticedNews: NoticedNews
  /** Up to which record `acceptances` tells of the journal. */
  acceptancesUpTo: Cursor
  /** The offers as this ledger kept them before they stood on the phone's shelf. */
  oldOffers: { readonly at: Instant }
}

export type MetaKey = keyof Meta

export async function readMeta<Key extends MetaKey>(db: LedgerDb, key: Key): Promise<Meta[Key] | undefined> {
  return (await db.meta.get(key))?.value as Meta[Key] | undefined
}

/** Several at once: each asked for by itself is a way to the database and back. */
export async function readMetas<Key extends MetaKey>(
  db: LedgerDb,
  keys: readonly Key[],
): Promise<Partial<Pick<Meta, Key>>> {
  const rows = await db.meta.bulkGet([...keys])
  return Object.fromEntries(rows.flatMap((row) => (row ? [[row.key, row.value]] : []))) as Partial<
    Pick<Meta, Key>
  >
}

export async function writeMeta<Key extends MetaKey>(
  db: LedgerDb,
  key: Key,
  value: Meta[Key],
): Promise<void> {
  await db.meta.put({ key, value })
}

export async function clearMeta(db: LedgerDb, key: MetaKey): Promise<void> {
  await db.meta.delete(key)
}

export async function readCursor(db: LedgerDb): Promise<Cursor> {
  return (await readMeta(db, 'cursor')) ?? START
}
