/**
 * Brings back what a file holds and this phone lacks. What was posted comes from the backend; from the file come the commands that neither
 * the journal nor the outbox knows. A command that the backend does know is answered with its first receipt, so nothing is doubled.
 */
import { base64url } from 'jose'
import * as v from 'valibot'
import { commandSchema, INSTANT_MAX } from '../contract/command.ts'
import type { LedgerDb } from '../db/database.ts'
import { addRoutes } from '../db/keepsakes.ts'
import { assertOpen } from '../db/outbox.ts'
import { routesIn } from '../domain/evidence/route-names.ts'
import { rulesOf } from '../domain/kinds/kinds.ts'
import { openBody, openCommand, openDetail } from '../domain/ledger/open-record.ts'
import { canonicalJson } from '../proof/canonical.ts'
import { findChainFault, START } from '../proof/chain.ts'
import { EXPORT_FORMAT, EXPORT_VERSION, exportSchema, type LedgerExport } from './export-ledger.ts'

/** `newer`: of a later app, and not ours to judge. `more_than_guest`: it says that it is a guest's and holds what only an account has. */
export type BackupFault = 'not_a_backup' | 'damaged' | 'newer' | 'more_than_guest' | 'other_account'

/** Reads a backup and checks its chain; nothing is written. */
export async function readBackup(given: string): Promise<{ backup: LedgerExport } | { fault: BackupFault }> {
  const text = given.replace(/^\uFEFF/, '') // an editor's mark of byte order
  let data: unknown
  try {
    data = JSON.parse(text)
    // A text of our text, as some clipboards and notes keep it.
    if (typeof data === 'string' && data.includes(EXPORT_FORMAT)) data = JSON.parse(data)
  } catch {
    // Our own file that broke off half-way is worth another word than a holiday photo.
    return { fault: NAMES_FORMAT.test(text) ? 'damaged' : 'not_a_backup' }
  }
  const { format, version } = (data ?? {}) as { format?: unknown; version?: unknown }
  if (typeof format !== 'string' || !format.startsWith(EXPORT_FORMAT)) return { fault: 'not_a_backup' }
  if (format !== EXPORT_FORMAT || isLater(version)) return { fault: 'newer' }
  const parsed = v.safeParse(exportSchema, data, { abortEarly: true, abortPipeEarly: true })
  if (!parsed.success) return { fault: 'damaged' }
  const links = parsed.output.journal.map(({ seq, body, hash, detail, salt }) => ({
    seq,
    body,
    hash,
    ...(detail === undefined ? {} : { detail }),
    ...(salt === undefined ? {} : { salt }),
  }))
  try {
    const isWhole = !(await findChainFault(START, links)) && namesAgree(parsed.output)
    if (!isWhole) return { fault: 'damaged' }
    const fault = parsed.output.kind === 'guest' ? guestFault(parsed.output) : accountFault(parsed.output)
    return fault ? { fault } : { backup: parsed.output }
  } catch {
    return { fault: 'damaged' } // a record or a command that is no JSON
  }
}

/** In a file of ours, and in a text of it. */
const NAMES_FORMAT = new RegExp(`"${EXPORT_FORMAT}\\\\?"`)

/** Also in a way of counting that a later app may have found: 1.5, "2", "v2.0.1", { "major": 2 }. */
function isLater(version: unknown): boolean {
  if (typeof version === 'number') return version > EXPORT_VERSION
  const [number] = /-?\d+(?:\.\d+)?/.exec(JSON.stringify(version) ?? '') ?? []
  return Number(number) > EXPORT_VERSION
}

/** Ids beside a record or a command are not hashed: a command under another id would be asked for again for ever. */
function namesAgree(backup: LedgerExport): boolean {
  return (
    backup.journal.every(({ id, body }) => openBody(body).id === id) &&
    commandsOf(backup).every(({ id, text }) => {
      const command = openCommand(text)
      return command.id === id && canonicalJson(command) === text && canBeDecided(command)
    })
  )
}

/** What can only be wrong in a file that was written into: lengths and words are another app's or another year's, and for the backend to judge. */
const NEVER_WRITTEN = ['string', 'number', 'boolean', 'array', 'strict_object', 'min_value']

/** What is most that may be asked can rise from one app to the next; the last day that a calendar holds cannot. */
const isPastAllTime = ({ type, requirement }: { type: string; requirement?: unknown }) =>
  type === 'max_value' && requirement === INSTANT_MAX

/**
 * Whoever decides takes a command of a known kind to be whole. One that is not would stand in the outbox for good, and no screen could say
 * anything of the ledger any more.
 */
function canBeDecided(command: unknown): boolean {
  const { issues = [] } = v.safeParse(commandSchema, command)
  return !issues.some(
    (issue) => (NEVER_WRITTEN.includes(issue.type) && issue.expected !== 'never') || isPastAllTime(issue),
  )
}

/** Nothing of a guest's was ever posted or signed, and a guest has no vouchers. */
function guestFault(backup: LedgerExport): BackupFault | undefined {
  if (backup.journal.length > 0 || backup.head !== undefined) return 'more_than_guest'
  const owners = backup.outbox.map(({ text }) => rulesOf(openCommand(text).kind).owner)
  if (owners.includes('account')) return 'more_than_guest'
  return owners.some((owner) => owner === undefined) ? 'newer' : undefined
}

/** Each record and the signed head name the account: those of another chain as well, but they are not this one's. */
function accountFault({ ledgerId, journal, head }: LedgerExport): BackupFault | undefined {
  const isOwn =
    journal.every(({ body }) => openBody(body).account === ledgerId) &&
    (head === undefined || accountIn(head) === ledgerId)
  return isOwn ? undefined : 'damaged'
}

/** What a head says of itself; whether its signature holds is for the exchange, which knows the keys. */
function accountIn(jws: string): unknown {
  const payload = new TextDecoder().decode(base64url.decode(jws.split('.')[1] ?? ''))
  return (JSON.parse(payload) as { account?: unknown }).account
}

/** What was posted, then what waited. */
function commandsOf(backup: LedgerExport): { id: string; text: string }[] {
  const posted = backup.journal.flatMap(({ id, detail }) => {
    const { command } = openDetail(detail) ?? {}
    return command === undefined ? [] : [{ id, text: command }]
  })
  return [...posted, ...backup.outbox]
}

/**
 * Queues the commands of the backup that this ledger lacks, all or none. A guest's backup fits any ledger; an account's only its own.
 * Returns how many were queued.
 */
export async function restoreBackup(
  db: LedgerDb,
  ledgerId: string,
  backup: LedgerExport,
): Promise<number | BackupFault> {
  if (backup.kind === 'account' && backup.ledgerId !== ledgerId) return 'other_account'
  // A command that was posted while the file was written stands in it twice.
  const wanted = new Map(commandsOf(backup).map(({ id, text }) => [id, text]))
  // The phone that wrote the file may have sent any of them: an undo has to be a command of its own.
  const firstSentAt = Date.parse(backup.exportedAt) || 0
  return db.transaction('rw', db.outbox, db.journal, db.photos, db.meta, async () => {
    await assertOpen(db)
    const known = new Set([
      ...(await db.outbox.orderBy('id').keys()),
      ...(await db.journal.orderBy('id').keys()),
    ] as string[])
    const missing = [...wanted].filter(([id]) => !known.has(id))
    await db.outbox.bulkAdd(
      missing.map(([id, text]) => ({
        id,
        text,
        state: 'queued' as const,
        firstSentAt,
        // Also from an account's file: it does not say which a guest had made, of which there may be another file.
        fromGuest: true as const,
      })),
    )
    await addRoutes(db, routesIn(backup.routes))
    // Also of what the backend has: it may lack the photo, and the phone does. Of an account's own file also where the backend alone has the
    // nomination: the phone may have been cleared and not have pulled it yet.
    const isOwn = (id: string) => backup.kind === 'account' || wanted.has(id)
    for (const photo of backup.photos ?? [])
      if (isOwn(photo.id) && !(await db.photos.get(photo.id)))
        await db.photos.add({ ...photo, state: 'waiting' })
    return missing.length
  })
}
