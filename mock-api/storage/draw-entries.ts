/** Entries of draws, by the draw: who is in, who leaves, in which order they were drawn, and who has been told. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { EntryId } from '../../src/domain/offers/draw.ts'
import type { Queryable } from './db.ts'
import { type DrawKey, keyOfOffer } from './draws.ts'

export interface EntryRowOfDraw extends DrawKey {
  readonly entryId: EntryId
  readonly accountId: AccountId
  readonly state: 'claimed' | 'in' | 'leaving'
  readonly leaveId: string | null
  readonly attempt: number
  readonly rank: number | null
}

/** The rank of an entry that came back after the close: it stands in no list. */
export const LATE = 0

const ENTRY_COLUMNS = `offer_id as "offerId", version, entry_id as "entryId", account_id as "accountId", state, leave_id as "leaveId", attempt, rank`

/**
 * Whose it is: the same id again is answered by the row that stands. Undefined: it was not there, and is now. `isLate`: it came back when nobody
 * could enter any more, and is not drawn from.
 */
export async function insertEntry(
  tx: Queryable,
  { offerId, version, entryId, accountId }: DrawKey & Pick<EntryRowOfDraw, 'entryId' | 'accountId'>,
  { at, isLate = false }: { readonly at: Instant; readonly isLate?: boolean },
): Promise<AccountId | undefined> {
  const key = [keyOfOffer(offerId), version, entryId]
  const made = await tx.query(
    `insert into draw_entries (offer_key, version, entry_id, offer_id, account_id, state, attempt, claimed_at, rank, is_told)
     values ($1, $2, $3, $6, $4, 'claimed', 1, $5, $7, false)
     on conflict (offer_key, version, entry_id) do nothing returning entry_id`,
    [...key, accountId, at, offerId, isLate ? LATE : null],
  )
  if (made.length > 0) return undefined
  const rows = await tx.query<{ accountId: AccountId }>(
    `update draw_entries set attempt = attempt + 1, claimed_at = $4
      where offer_key = $1 and version = $2 and entry_id = $3 returning account_id as "accountId"`,
    [...key, at],
  )
  return rows[0]?.accountId
}

/** On its way out, by that command. False: no such entry of that account is in. */
export async function beginLeaving(
  tx: Queryable,
  entry: DrawKey & Pick<EntryRowOfDraw, 'entryId' | 'accountId'> & { readonly leaveId: string },
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(
    `update draw_entries set state = 'leaving', leave_id = $5, attempt = attempt + 1, claimed_at = $6
      where offer_key = $1 and version = $2 and entry_id = $3 and account_id = $4 returning entry_id`,
    [keyOfOffer(entry.offerId), entry.version, entry.entryId, entry.accountId, entry.leaveId, at],
  )
  return rows.length > 0
}

/** Nothing where a decision relied on it anew since `attempt` was read. */
export async function keepEntry(db: Queryable, entry: EntryRowOfDraw): Promise<void> {
  await db.query(
    `update draw_entries set state = 'in', leave_id = null
      where offer_key = $1 and version = $2 and entry_id = $3 and attempt = $4`,
    [keyOfOffer(entry.offerId), entry.version, entry.entryId, entry.attempt],
  )
}

/** To be told, or told once more: the journal of its account came back without it. */
export async function askToTell(
  db: Queryable,
  { offerId, version, entryId }: Pick<EntryRowOfDraw, 'offerId' | 'version' | 'entryId'>,
): Promise<void> {
  await db.query(
    'update draw_entries set is_told = false where offer_key = $1 and version = $2 and entry_id = $3',
    [keyOfOffer(offerId), version, entryId],
  )
}

/** False where a decision relied on it anew since `attempt` was read. */
export async function dropEntry(tx: Queryable, entry: EntryRowOfDraw): Promise<boolean> {
  const rows = await tx.query(
    `delete from draw_entries
      where offer_key = $1 and version = $2 and entry_id = $3 and attempt = $4 returning entry_id`,
    [keyOfOffer(entry.offerId), entry.version, entry.entryId, entry.attempt],
  )
  return rows.length > 0
}

export async function readEntry(
  db: Queryable,
  { offerId, version, entryId }: DrawKey & { readonly entryId: string },
): Promise<EntryRowOfDraw | undefined> {
  const rows = await db.query<EntryRowOfDraw>(
    `select ${ENTRY_COLUMNS} from draw_entries where offer_key = $1 and version = $2 and entry_id = $3`,
    [keyOfOffer(offerId), version, entryId],
  )
  return rows[0]
}

/** Where its draw is not known; over all offers, so that only a journal that comes back asks. */
export async function findEntry(
  db: Queryable,
  accountId: AccountId,
  entryId: string,
): Promise<EntryRowOfDraw | undefined> {
  const rows = await db.query<EntryRowOfDraw>(
    `select ${ENTRY_COLUMNS} from draw_entries /* all offers */ where entry_id = $1 and account_id = $2 limit 1`,
    [entryId, accountId],
  )
  return rows[0]
}

export async function readUnsettledEntries(
  db: Queryable,
  { offerId, version }: DrawKey,
  limit: number,
): Promise<EntryRowOfDraw[]> {
  return await db.query<EntryRowOfDraw>(
    `select ${ENTRY_COLUMNS} from draw_entries where offer_key = $1 and version = $2 and state <> 'in' order by entry_id limit $3`,
    [keyOfOffer(offerId), version, limit],
  )
}

/** What a crash left open in draws that go on; over all offers, so that only the sweeper asks. */
export async function readStaleEntries(
  db: Queryable,
  before: Instant,
  limit: number,
): Promise<EntryRowOfDraw[]> {
  return await db.query<EntryRowOfDraw>(
    `select ${ENTRY_COLUMNS} from draw_entries /* all offers */
      where state <> 'in' and claimed_at < $1 order by claimed_at limit $2`,
    [before, limit],
  )
}

/** All that are drawn from, sorted by their bytes, as the root is made of them. */
export async function readEntryIds(db: Queryable, { offerId, version }: DrawKey): Promise<EntryId[]> {
  const rows = await db.query<{ entryId: EntryId }>(
    `select entry_id as "entryId" from draw_entries
      where offer_key = $1 and version = $2 and state = 'in' and rank is distinct from $3`,
    [keyOfOffer(offerId), version, LATE],
  )
  return rows.map(({ entryId }) => entryId).sort()
}

/** Done again it writes the same. */
export async function writeRanks(
  db: Queryable,
  { offerId, version }: DrawKey,
  order: readonly string[],
): Promise<void> {
  await db.query(
    `update draw_entries set rank = o.rank
       from unnest($3::text[]) with ordinality as o (entry_id, rank)
      where draw_entries.offer_key = $1 and draw_entries.version = $2 and draw_entries.entry_id = o.entry_id`,
    [keyOfOffer(offerId), version, order],
  )
}

export async function readUntold(
  db: Queryable,
  { offerId, version }: DrawKey,
  limit: number,
): Promise<EntryRowOfDraw[]> {
  return await db.query<EntryRowOfDraw>(
    `select ${ENTRY_COLUMNS} from draw_entries
      where offer_key = $1 and version = $2 and not is_told order by rank nulls last limit $3`,
    [keyOfOffer(offerId), version, limit],
  )
}

export async function noteTold(
  db: Queryable,
  { offerId, version, entryId }: DrawKey & { readonly entryId: string },
): Promise<void> {
  await db.query(
    'update draw_entries set is_told = true where offer_key = $1 and version = $2 and entry_id = $3',
    [keyOfOffer(offerId), version, entryId],
  )
}

/** Those who were drawn, in order. */
export async function readDrawn(
  db: Queryable,
  { offerId, version }: DrawKey,
  pieces: number,
): Promise<EntryId[]> {
  const rows = await db.query<{ entryId: EntryId }>(
    `select entry_id as "entryId" from draw_entries where offer_key = $1 and version = $2 and rank > $4 and rank <= $3 order by rank`,
    [keyOfOffer(offerId), version, pieces, LATE],
  )
  return rows.map(({ entryId }) => entryId)
}
