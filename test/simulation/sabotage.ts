/** Invariants broken on purpose, each as a bug that someone could write: the simulation must notice every one of them. */
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { deriveRows } from '../../src/db/derive.ts'
import { parseLink } from '../../src/db/journal.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import type { Phone } from '../support/phone.ts'
import type { RoomName } from './rooms.ts'

/** Each with the hardships that it is a bug of. */
export const SABOTAGES = {
  'drop a receipt': [],
  'apply twice': [],
  'skip a record': [],
  're-serialise the outbox': [],
  'take a page for the whole': ['pages'],
  'sweep without looking': ['sweeps', 'shop'],
  'start without tombstones': ['people'],
  'leave without looking': ['people'],
  'take the unknown for deleted': ['people'],
  'pay twice': ['shop'],
  'drop what waits': ['shop'],
  'what is given back is refused': ['shop'],
  'refund twice': ['shop'],
  'pay a statement twice': ['shop'],
  'what nobody can have stays in between': ['shop', 'farewells'],
  'pay more than a gone account held': ['shop', 'farewells'],
  'swallow a full disk': ['calamities'],
  'go on in an empty database': ['calamities'],
  'begin anew after a crash': ['calamities'],
  'earn twice': ['files'],
  'never take a lock that hangs': ['background'],
  'a dead tab keeps its lock': ['background'],
  'rows of another build': ['background'],
  'forget what falls due': ['years'],
  'forget what is not taken': ['helping'],
  'post a report twice': ['providers'],
  'count a ride twice': ['providers'],
  'report without consent': ['providers'],
  'a draw gives one piece more': ['draws'],
  'a draw counts an entry twice': ['draws'],
  'a draw keeps who has left': ['draws'],
  'a draw leaves one out of its list': ['draws'],
  'a draw forgets to tell': ['draws'],
  'a draw tells twice': ['draws'],
  'a planting day gives a place twice': ['planting'],
  'a planting day forgets to tell': ['planting'],
  'a planting day is attended twice': ['planting'],
} as const satisfies Record<string, readonly RoomName[]>

export type Sabotage = keyof typeof SABOTAGES

/** Where more than one promise stands beside another: by which of them it has to be noticed. */
export const NOTICED_BY: Partial<Record<Sabotage, RegExp>> = {
  'what is given back is refused': /obeyed its screen, was told in time, and is not paid/,
  'what nobody can have stays in between': /was given back to nobody, and nobody took it in/,
  'pay more than a gone account held': /audit: account .*: its shop was paid/,
  'a draw gives one piece more': /were drawn for \d pieces/,
  'a draw counts an entry twice': /nobody has asked for the entry/,
  'a draw keeps who has left': /had left and was drawn from/,
  'a draw leaves one out of its list': /does not work out: isRootOfEntries/,
  'a draw forgets to tell': /was never told how it came out/,
  'a draw tells twice': /draw\.(won|lost), then draw\.lost/,
  'a planting day gives a place twice': /have signed up for \d places|places of day-\d+ \d+ are left/,
  'a planting day forgets to tell': /was told of revision|was never told that/,
  'a planting day is attended twice': /records of having come/,
}

/** A request that leaves its queue before it is sent, as a well-known background queue does. */
export async function forgetWhatIsSent(phone: Phone, request: Request): Promise<void> {
  const { commands } = (await request.clone().json()) as { commands: string[] }
  const ids = commands.map((text) => (JSON.parse(text) as { id: string }).id)
  await phone.db.outbox.where('id').anyOf(ids).delete()
}

/** A page whose third record is dropped on the way. */
export async function withoutARecord(response: Response): Promise<Response> {
  const answer = (await response.json()) as SyncAnswer
  if (answer.state !== 'ok') return Response.json(answer)
  return Response.json({ ...answer, records: answer.records.filter((record) => record.seq !== 3) }, response)
}

/** A phone that asks for no second page. */
export async function asTheWhole(response: Response): Promise<Response> {
  const answer = (await response.json()) as SyncAnswer
  return Response.json(answer.state === 'ok' ? { ...answer, hasMore: false } : answer, response)
}

/** The last records derived once more, as after a crash between two transactions that should have been one. */
export async function deriveAgain(phone: Phone): Promise<void> {
  const last = await phone.db.journal.orderBy('seq').last()
  if (!last) return
  const { db } = phone
  await db.transaction('rw', [db.entries, db.vouchers, db.months, db.days], async () => {
    await deriveRows(db, [parseLink(last)], groupOfCode)
  })
}

/** An upgrade that parses and prints what waits, with its members in another order. */
export async function reserialise(phone: Phone): Promise<void> {
  await phone.db.outbox.toCollection().modify((row) => {
    const entries = Object.entries(JSON.parse(row.text) as object).reverse()
    Object.assign(row, { text: JSON.stringify(Object.fromEntries(entries)) })
  })
}
