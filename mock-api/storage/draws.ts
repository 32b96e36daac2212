/** Draws and their entries. Whoever enters, leaves or closes writes the draw's own row first: so after the close no entry comes or goes. */
import type { Instant } from '../../src/domain/base/time.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from './db.ts'

export interface DrawKey {
  readonly offerId: string
  readonly version: number
}

/** `closing`: nobody comes or goes any more; `rooted`: the entries' root is told; `drawn`: it has come out; `done`: all entrants have been told. */
type DrawState = 'open' | 'closing' | 'rooted' | 'drawn' | 'done'

export interface DrawRow extends DrawKey {
  readonly state: DrawState
  readonly closesAt: Instant
  readonly entries: number
  /** These four together, from the close on. */
  readonly root: string | null
  readonly size: number | null
  readonly statement: string | null
  readonly rootedAt: Instant | null
}

export const keyOfOffer = (offerId: string) => keyOf('offer', offerId)

const DRAW_COLUMNS = `offer_id as "offerId", version, state, closes_at as "closesAt", entries, root, size, statement, rooted_at as "rootedAt"`

/** Laid out once more where a restored backup lacks it: entries that came back before it count. */
export async function insertDraw(
  db: Queryable,
  { offerId, version, closesAt }: DrawKey & { readonly closesAt: Instant },
): Promise<void> {
  await db.query(
    `insert into draws (offer_key, version, offer_id, state, closes_at, entries)
     select $1, $2, $3, 'open', $4, count(*) from draw_entries where offer_key = $1 and version = $2
     on conflict (offer_key, version) do nothing`,
    [keyOfOffer(offerId), version, offerId, closesAt],
  )
}

export async function readDraw(db: Queryable, { offerId, version }: DrawKey): Promise<DrawRow | undefined> {
  const rows = await db.query<DrawRow>(
    `select ${DRAW_COLUMNS} from draws where offer_key = $1 and version = $2`,
    [keyOfOffer(offerId), version],
  )
  return rows[0]
}

/** What has closed or has something left to tell; over all offers, so that only the sweeper asks. */
export async function readDueDraws(db: Queryable, closedBy: Instant, limit: number): Promise<DrawRow[]> {
  return await db.query<DrawRow>(
    `select ${DRAW_COLUMNS} from draws /* all offers */
      where state <> 'done' and closes_at <= $1 order by closes_at limit $2`,
    [closedBy, limit],
  )
}

/** The first statement of all that changes who is in. Undefined: it is not open. */
export async function countEntry(
  tx: Queryable,
  { offerId, version }: DrawKey,
  by: 1 | 0 | -1,
): Promise<number | undefined> {
  const rows = await tx.query<{ entries: number }>(
    `update draws set entries = entries + $3 where offer_key = $1 and version = $2 and state = 'open' returning entries`,
    [keyOfOffer(offerId), version, by],
  )
  return rows[0]?.entries
}

/** False: it is in another state by now. */
export async function moveDraw(
  db: Queryable,
  { offerId, version }: DrawKey,
  { from, to }: { readonly from: DrawState; readonly to: DrawState },
): Promise<boolean> {
  const rows = await db.query(
    `update draws set state = $4 where offer_key = $1 and version = $2 and state = $3 returning version`,
    [keyOfOffer(offerId), version, from, to],
  )
  return rows.length > 0
}

export async function writeRoot(
  db: Queryable,
  { offerId, version }: DrawKey,
  rooted: { root: string; size: number; statement: string; at: Instant },
): Promise<void> {
  await db.query(
    `update draws set state = 'rooted', entries = $4, root = $3, size = $4, statement = $5, rooted_at = $6
      where offer_key = $1 and version = $2 and state = 'closing'`,
    [keyOfOffer(offerId), version, rooted.root, rooted.size, rooted.statement, rooted.at],
  )
}

/** Open or not: the count is of those that stand. By 0 it only keeps others from it. Answers whether it is open; undefined where there is none. */
export async function recount(
  tx: Queryable,
  { offerId, version }: DrawKey,
  by: 1 | -1 | 0,
): Promise<boolean | undefined> {
  const rows = await tx.query<{ isOpen: boolean }>(
    `update draws set entries = entries + $3 where offer_key = $1 and version = $2 returning state = 'open' as "isOpen"`,
    [keyOfOffer(offerId), version, by],
  )
  return rows[0]?.isOpen
}
