/**
 * What a branch has accepted, under every name of each voucher. A row of our own is written with its command, in the transaction that looks
 * whether there is another; those of the journal, ours and other tills', follow it.
 */
import { liveQuery, type Observable } from 'dexie'
import type { Instant } from '../domain/base/time.ts'
import type { CommandOf } from '../domain/ledger/command.ts'
import { openBody, openCommand, openDetail } from '../domain/ledger/open-record.ts'
import type { RecordBody, RecordDetail } from '../domain/ledger/record.ts'
import { signsOfNumber } from '../domain/till/voucher-names.ts'
import { START } from '../proof/chain.ts'
import type { LedgerDb } from './database.ts'
import { readCursor, readMeta, writeMeta } from './meta.ts'
import { enqueue } from './outbox.ts'
import type { AcceptanceRow, JournalRow, OutboxRow, OutboxState } from './tables.ts'

/** The one that stands; a refused one leaves the voucher as it was. */
export async function standingAcceptance(
  db: LedgerDb,
  names: readonly string[],
): Promise<AcceptanceRow | undefined> {
  const rows = await db.acceptances.where('names').anyOf(names).toArray()
  return rows.find(({ outcome }) => outcome !== 'refused')
}

/**
 * Records that a voucher is accepted, unless it was before: then answers how, and nothing is written. Two tabs that are shown the same voucher
 * are one after the other here.
 */
export async function addAcceptance(
  db: LedgerDb,
  command: CommandOf<'voucher.accept'>,
  row: Omit<AcceptanceRow, 'id'>,
): Promise<AcceptanceRow | undefined> {
  return db.transaction('rw', db.outbox, db.meta, db.journal, db.acceptances, async () => {
    await followInside(db)
    const before = await standingAcceptance(db, row.names)
    if (before) return before
    await enqueue(db, command)
    await db.acceptances.add({ ...row, id: command.id })
    return undefined
  })
}

/** After the journal has grown, or was replaced after a fork. */
export async function followJournal(db: LedgerDb): Promise<void> {
  await db.transaction('rw', db.journal, db.meta, db.acceptances, async () => followInside(db))
}

const CHUNK = 500

async function followInside(db: LedgerDb): Promise<void> {
  const end = await readCursor(db)
  let at = (await readMeta(db, 'acceptancesUpTo')) ?? START
  if (at.seq === end.seq && at.hash === end.hash) return
  if (at.seq > 0 && (await db.journal.get(at.seq))?.hash !== at.hash) {
    await forgetPosted(db)
    at = START
  }
  while (at.seq < end.seq) {
    const rows = await db.journal.where('seq').above(at.seq).limit(CHUNK).toArray()
    for (const row of rows) await follow(db, row)
    const last = rows.at(-1)
    if (!last) break
    at = { seq: last.seq, hash: last.hash }
  }
  await writeMeta(db, 'acceptancesUpTo', at)
}

/** Another history took the place of ours: what it does not hold of our own was queued again, what other tills had is theirs to send again. */
async function forgetPosted(db: LedgerDb): Promise<void> {
  await db.acceptances.filter(({ till }) => till !== undefined).delete()
  await db.acceptances.toCollection().modify((row) => {
    delete row.seq
    delete row.outcome
    delete row.reason
    delete row.refundedAt
    delete row.refundRefused
  })
}

async function follow(db: LedgerDb, row: JournalRow): Promise<void> {
  const body = openBody(row.body)
  const detail = openDetail(row.detail)
  if (body.kind === 'voucher.accept') {
    const ours = await db.acceptances.get(body.id)
    await db.acceptances.put({ ...(ours ?? ofAnotherTill(body, detail)), ...becameOf(body, detail) })
  }
  if (body.kind === 'voucher.refund' && detail?.about !== undefined)
    await db.acceptances.update(detail.about, refundOf(body, detail))
}

function refundOf(body: RecordBody, detail: RecordDetail): Partial<AcceptanceRow> {
  if (body.outcome === 'accepted') return { refundedAt: body.at }
  const [refundRefused] = detail.reasons ?? []
  return refundRefused ? { refundRefused } : {}
}

function becameOf({ seq, outcome }: RecordBody, detail: RecordDetail | undefined): Partial<AcceptanceRow> {
  const reason = outcome === 'refused' ? detail?.reasons?.[0] : undefined
  return { seq, outcome, ...(reason === undefined ? {} : { reason }) }
}

function ofAnotherTill(body: RecordBody, detail: RecordDetail | undefined): AcceptanceRow {
  const { acceptance, about, by } = detail ?? {}
  const { acceptedAt = body.at, offerId, valueFen: fen, code } = acceptance ?? {}
  const names = [about, code === undefined ? undefined : signsOfNumber(code)]
  return {
    id: body.id,
    names: names.filter((name) => name !== undefined),
    acceptedAt,
    till: by?.till?.name ?? '',
    ...(offerId === undefined ? {} : { offerId }),
    ...(fen === undefined ? {} : { fen }),
  }
}

/** Ids of what is on its way. */
interface OnItsWay {
  /** Commands that the backend could not read: they wait for a newer one. */
  readonly unread: ReadonlySet<string>
  /** Commands that the backend put off: it has forgotten the voucher, and waits for its holder's phone. */
  readonly awaited: ReadonlySet<string>
  /** Acceptances whose refund waits for a network. */
  readonly refunding: ReadonlySet<string>
}

export function liveOnItsWay(db: LedgerDb): Observable<OnItsWay> {
  return liveQuery(async () => {
    const waiting = await db.outbox.toArray()
    const of = (state: OutboxState) =>
      new Set(waiting.filter((row) => row.state === state).map(({ id }) => id))
    return {
      unread: of('deferred'),
      awaited: of('waiting'),
      refunding: new Set(waiting.flatMap(refundIn)),
    }
  })
}

/** Of a span of time: a day, say. The latest first. */
export function liveAcceptances(
  db: LedgerDb,
  { from, before }: { from: Instant; before: Instant },
): Observable<readonly AcceptanceRow[]> {
  return liveQuery(() =>
    db.acceptances.where('acceptedAt').between(from, before, true, false).reverse().sortBy('acceptedAt'),
  )
}

function refundIn({ text }: OutboxRow): string[] {
  const command = openCommand(text)
  return command.kind === 'voucher.refund' ? [command.body.acceptanceId] : []
}

/** Ours that have not arrived, of any day, the oldest first. */
export function liveUnsent(db: LedgerDb): Observable<AcceptanceRow[]> {
  return liveQuery(() => db.acceptances.orderBy('acceptedAt').filter(isUnsent).toArray())
}

export function countUnsent(db: LedgerDb): Promise<number> {
  return db.acceptances.filter(isUnsent).count()
}

/** The last ones before that moment, the latest first. */
export function liveAcceptancesBefore(
  db: LedgerDb,
  { before, most }: { before: Instant; most: number },
): Observable<AcceptanceRow[]> {
  return liveQuery(() => db.acceptances.where('acceptedAt').below(before).reverse().limit(most).toArray())
}

function isUnsent({ outcome, till }: AcceptanceRow): boolean {
  return outcome === undefined && till === undefined
}
