/** What must hold at the end: phones and backend have one ledger, rows made step by step are those made anew, and the books agree. */
import { audit } from '../../mock-api/book/audit.ts'
import { rebuild } from '../../src/db/journal.ts'
import { lotExpiresAt } from '../../src/domain/ledger/lot.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import type { Backend } from '../support/backend.ts'
import type { Phone } from '../support/phone.ts'
import { copyOfDevice, derivedOf, journalOfBackend } from '../support/same-ledger.ts'
import { readLedger } from '../support/whole-ledger.ts'

export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant'
}

/** Of which of the great promises a failure tells: nothing is lost, nothing counts twice, an honest till is paid. */
export type Promised = 'lost' | 'doubled' | 'unpaid' | 'other'

const TOLD_BY: readonly (readonly [Promised, RegExp])[] = [
  ['unpaid', /not paid|never paid/],
  ['doubled', /twice|paid for \d+ times|for \d pieces|, then draw/],
  ['lost', /never arrived|is gone|never left|nowhere|neither in the outbox|never told|not in the published/],
]

export function promiseOf(failure: unknown): Promised {
  const words = failure instanceof BrokenInvariant ? failure.message : ''
  return TOLD_BY.find(([, told]) => told.test(words))?.[0] ?? 'other'
}

export function expectEqual(a: unknown, b: unknown, what: string): void {
  if (JSON.stringify(a) !== JSON.stringify(b))
    throw new BrokenInvariant(`${what} differ: ${firstDifference(a, b)}`)
}

/** The phones of one account; answers the ids in its journal. */
export async function checkSameLedger(backend: Backend, phones: readonly Phone[]): Promise<string[]> {
  const [first] = phones
  if (!first) throw new Error('no phone')
  const journal = await journalOfBackend(backend, first.profile.ledgerId)
  const reference = await copyOfDevice(first.use().db)
  for (const phone of phones) {
    const copy = await copyOfDevice(phone.use().db)
    expectEqual(copy.journal, journal, 'a phone’s journal and the backend’s')
    expectEqual(copy.derived, reference.derived, 'derived rows of two phones')
    const unsent = await phone.db.photos.where('state').equals('waiting').first()
    if (unsent && (await isTaken(phone, unsent.id)))
      throw new BrokenInvariant(`the photo of ${unsent.id} never left`)
    const [left] = await phone.db.outbox.toArray()
    if (left) throw new BrokenInvariant(`an outbox is not empty: ${JSON.stringify(left)}`)
    if (journal.length === 0) continue // no page was ever stored, and no row made
    const kept = await derivedOf(phone.db)
    await rebuild(phone.db, groupOfCode)
    expectEqual(await derivedOf(phone.db), kept, 'rows made anew and rows kept step by step')
  }
  const ids = journal.map((line) => (JSON.parse(line.slice(line.indexOf('{'))) as { id: string }).id)
  if (new Set(ids).size !== ids.length) throw new BrokenInvariant('a command stands twice in the journal')
  return ids
}

/** After a sweep: what can be spent lies in lots that live, and what is owed is never spendable. */
export async function checkMoney(phone: Phone, backend: Backend): Promise<void> {
  const { balances, lots } = await readLedger(phone.use().db)
  const [available, held, owed] = (['available', 'held', 'owed'] as const).map((account) =>
    balanceOf(balances, 'points', account),
  )
  const [row] = await backend.db.query<{ available: number; held: number }>(
    'select available, held from accounts where account_id = $1',
    [phone.profile.ledgerId],
  )
  expectEqual({ available, held }, row, 'balances of a phone and of the backend')
  if ((available ?? 0) < 0 || (held ?? 0) < 0 || (owed ?? 0) > 0)
    throw new BrokenInvariant(`balances that cannot be: ${available}, ${held}, ${owed}`)
  const living = lots.filter(({ month }) => lotExpiresAt(month) > backend.now())
  const inLots = living.reduce((sum, lot) => sum + lot.available, 0)
  // What a shop was paid for an act of its own lies in no lot.
  if (lots.length > 0 && inLots !== available)
    throw new BrokenInvariant(`${available} to spend, but ${inLots} in lots that live`)
}

export async function checkBooks(backend: Backend): Promise<void> {
  const finding = await audit(backend.db)
  if (finding.fault) throw new BrokenInvariant(`audit: ${finding.fault}`)
}

/** One act, whoever asks for it, earns once. */
export async function checkEarnedOnce(backend: Backend): Promise<void> {
  const rows = await backend.db.query<{ id: string; body: string }>(
    `select command_id as id, body from records /* all accounts */ where outcome in ('accepted', 'adjusted')`,
  )
  const earned = new Set<string>()
  for (const { id, body } of rows) {
    if (!/"kind":"(activity\.record|quiz\.answer|event\.check-in)"/.test(body)) continue
    if (!body.includes('"debit":"issuance"')) continue
    if (earned.has(id))
      throw new BrokenInvariant(
        `${id} has earned twice: ${rows
          .filter((row) => row.id === id)
          .map((row) => row.body.slice(0, 200))
          .join(' | ')}`,
      )
    earned.add(id)
  }
}

async function isTaken(phone: Phone, id: string): Promise<boolean> {
  const outcome = (await phone.db.entries.where('id').equals(id).first())?.outcome
  return outcome !== undefined && outcome !== 'refused'
}

/** Of two lists, where they part; of two texts, what stands there. */
function firstDifference(a: unknown, b: unknown): string {
  const [one, other] = [a, b].map((each) =>
    typeof each === 'string' || Array.isArray(each) ? each : JSON.stringify(each),
  )
  const length = Math.max(one?.length ?? 0, other?.length ?? 0)
  for (let i = 0; i < length; i++)
    if (one?.[i] !== other?.[i])
      return [one, other].map((each) => `${each?.length} long, at ${i} ${excerpt(each, i)}`).join(' | ')
  return 'only in kind'
}

function excerpt(each: string | unknown[] | undefined, i: number): string {
  return typeof each === 'string' ? each.slice(Math.max(0, i - 60), i + 60) : String(each?.[i]).slice(0, 240)
}
