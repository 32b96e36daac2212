/**
 * How the state of an account is stored: the head in its row, its days in `day_acts`. Decisions read the days that they need, and an append
 * writes those that changed. States of before stand whole in the row, and are put into pieces at the first append.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Day } from '../../src/domain/base/time.ts'
import { type Ledger, rememberedOn } from '../../src/domain/ledger/ledger.ts'
import {
  addFound,
  changedDays,
  type Head,
  headOf,
  isDropped,
  type Pieces,
  partOf,
  wholeOf,
} from '../../src/domain/ledger/ledger-part.ts'
import { type Needs, withIdleDays } from '../../src/domain/ledger/needs.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import {
  type DayTexts,
  type DigestRow,
  dropAllDays,
  dropDays,
  dropDaysOutside,
  dropDigests,
  putDays,
  putDigests,
  readAllDays,
  readDays,
} from './day-acts.ts'
import type { Queryable } from './db.ts'
import { readRecordsOf } from './records.ts'

/** The account has gone on between two reads: what was read does not belong together. */
export class MovedOn extends Error {}

/** A state as it was read: a part, of which days are looked up as they are needed, or a whole one. */
export interface StoredState {
  readonly ledger: Ledger
  /** The days at hand as they are stored. Of a whole one, nothing that is stored counts. */
  readonly texts: Map<Day, string>
  readonly digests: Map<Day, ReadonlySet<string>>
}

/**
 * What stands in the row beside a head, in the place of the fold's number: a process of the version before takes it for another fold, folds the
 * records anew and writes a whole state, which then counts alone. It never takes a head for a state without acts.
 */
const IN_PIECES = 'in pieces'

export function stateText(ledger: Ledger): string {
  return JSON.stringify({ fold: IN_PIECES, head: headOf(ledger) })
}

export function openState(text: string): StoredState {
  const stored = JSON.parse(text) as Ledger | { readonly fold: typeof IN_PIECES; readonly head: Head }
  const ledger = 'head' in stored ? partOf(stored.head) : stored
  return { ledger, texts: new Map(), digests: new Map() }
}

type Reader = StoredState & { readonly account: { readonly accountId: AccountId; readonly nextSeq: number } }

/**
 * Brings the days at hand that are needed. They are written in the append's transaction alone, behind its compare-and-set, so at one `nextSeq`
 * there is one text of each; and the statement that reads them reads that number, too. Throws `MovedOn` when it is not the head's any more: the
 * compare-and-set would fail, and nothing is decided upon a head and days of two moments.
 */
export async function lookUp(db: Queryable, reader: Reader, needs: Needs): Promise<void> {
  const { ledger, account } = reader
  const { part } = ledger
  if (!part) return
  const { days, acts, digests } = withIdleDays(needs, ledger)
  const newActs = acts.filter((id) => !part.acts.has(id))
  const newDigests = digests.filter((digest) => !part.digests.has(digest))
  const daysOfActs = await findDays(db, account.accountId, newActs)
  const newDays = [...days, ...daysOfActs].filter((day) => !part.days.has(day))
  const found =
    newDays.length + newDigests.length === 0
      ? undefined
      : await readDays(db, account.accountId, { days: newDays, digests: newDigests })
  if (found) checkMoment(reader, found)
  const pieces = note(reader, found?.texts ?? new Map())
  addFound(ledger, { days: newDays, acts: newActs, digests: newDigests, pieces })
}

/** An act is filed by its record for ever, so that no table has to say where it is. */
async function findDays(db: Queryable, accountId: AccountId, ids: readonly string[]): Promise<Day[]> {
  if (ids.length === 0) return []
  const records = await readRecordsOf(db, accountId, ids)
  return records.flatMap(({ detail }) => rememberedOn(openDetail(detail) ?? {}) ?? [])
}

function checkMoment({ account }: Reader, { nextSeq }: DayTexts): void {
  if (nextSeq !== account.nextSeq) throw new MovedOn()
}

function note({ ledger, texts, digests }: StoredState, found: ReadonlyMap<Day, string>): Pieces {
  const pieces: Pieces = {}
  for (const [day, text] of found) {
    if (ledger.part?.days.has(day)) continue
    const acts = JSON.parse(text) as Pieces[Day]
    texts.set(day, text)
    digests.set(day, digestsOf(acts))
    pieces[day] = acts
  }
  return pieces
}

function digestsOf(acts: Pieces[Day] = []): ReadonlySet<string> {
  return new Set(acts.flatMap(({ digest, file }) => [digest, file].filter((each) => each !== undefined)))
}

/** The whole state, for what folds many records of any day. */
export async function lookUpAll(db: Queryable, reader: Reader): Promise<StoredState> {
  const { ledger, account } = reader
  if (!ledger.part) return reader
  const found = await readAllDays(db, account.accountId)
  checkMoment(reader, found)
  const pieces = Object.fromEntries([...found.texts].map(([day, text]) => [day, JSON.parse(text)])) as Pieces
  return { ledger: wholeOf(headOf(ledger), pieces), texts: new Map(), digests: new Map() }
}

/** The days that changed; of a whole state all of them, in the place of whatever is there. In the append's transaction, behind its first statement. */
export async function writeDays(
  tx: Queryable,
  { accountId }: { accountId: AccountId },
  { ledger, texts, digests }: StoredState,
): Promise<void> {
  if (!ledger.part) await dropAllDays(tx, accountId)
  const kept = ledger.part?.kept
  if (kept) await dropDaysOutside(tx, accountId, kept)
  const changed = [...changedDays(ledger, texts)]
  await dropDays(
    tx,
    accountId,
    changed.flatMap(([day, text]) => (text === undefined ? [day] : [])),
  )
  await putDays(
    tx,
    accountId,
    changed.flatMap(([day, text]) => (text === undefined ? [] : [[day, text] as const])),
  )
  const before = changed.flatMap(([day]) =>
    isDropped(ledger.part, day) ? [] : rowsOf(day, digests.get(day)),
  )
  const after = changed.flatMap(([day]) => rowsOf(day, digestsOf(ledger.days[day])))
  await dropDigests(tx, accountId, without(before, after))
  await putDigests(tx, accountId, without(after, before))
}

function rowsOf(day: Day, digests: ReadonlySet<string> = new Set()): DigestRow[] {
  return [...digests].map((digest) => ({ digest, day }))
}

function without(rows: readonly DigestRow[], others: readonly DigestRow[]): DigestRow[] {
  const known = new Set(others.map(({ digest, day }) => `${day} ${digest}`))
  return rows.filter(({ digest, day }) => !known.has(`${day} ${digest}`))
}
