/** A batch of commands becomes records: known ones are answered again, the others decided in order upon what is due by now. */
import type { Receipt } from '../../src/contract/sync.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Reason } from '../../src/domain/base/reason.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import type { Deps } from '../base/deps.ts'
import { COMMAND_UNIT_BYTES } from '../base/limits.ts'
import type { AccountWithState } from '../storage/accounts.ts'
import { dropPutOffs } from '../storage/awaited.ts'
import type { Queryable } from '../storage/db.ts'
import { together } from '../storage/gather.ts'
import { type KnownCommand, type RecordRow, readKnown } from '../storage/records.ts'
import { deviceBurst } from '../verify/device-burst.ts'
import type { Sender } from '../verify/findings.ts'
import { dropBands } from '../verify/replays.ts'
import { giveBackTracks, settleTracks } from '../verify/tracks.ts'
import { changeAccount, readLivingWithState } from './append.ts'
import { Batch, type ValidCommand } from './batch.ts'
import { finishCrossings } from './crossing.ts'
import { settleEntries } from './draw-entries.ts'
import { followSteps } from './follow.ts'
import { type ReadCommand, readCommands } from './read-commands.ts'
import { routeConsents } from './route-consents.ts'
import type { SetAside, VoucherClaim } from './set-aside.ts'
import { confirmPieces, releasePieces } from './stock.ts'
import { settleNumbers, type VoucherNumber } from './voucher-number.ts'
import { helperOf } from './who-acts.ts'
import { type AccountEnd, type Draft, endOf, type Writing } from './writing.ts'

function numberOf({ number }: VoucherClaim): VoucherNumber[] {
  return number ? [number] : []
}

interface DecidedBatch {
  readonly receipts: Receipt[]
  /** What it appended, and the account's end by it. Absent when all was known: then the account may have moved on since it was read. */
  readonly written?: { readonly end: AccountEnd; readonly rows: readonly RecordRow[] }
}

/** An account as it was read with a batch for it: the batch, and what of it has a record. */
interface Before {
  readonly account: AccountWithState
  readonly read: readonly ReadCommand[]
  readonly known: ReadonlyMap<string, KnownCommand>
}

export async function readBefore(
  deps: Deps,
  accountId: AccountId,
  texts: readonly string[],
): Promise<Before> {
  const read = await readCommands(texts)
  const [account, known] = await together(deps.db, (db) =>
    Promise.all([readLivingWithState(db, accountId), readKnown(db, accountId, idsToKnow(validIn(read)))]),
  )
  return { account, read, known }
}

function validIn(read: readonly ReadCommand[]): ValidCommand[] {
  return read.filter((each): each is ValidCommand => each.command !== undefined)
}

/** Also by which a shop was paid for what is asked for now. */
function idsToKnow(commands: readonly ValidCommand[]): string[] {
  return commands.flatMap(({ command: { id, kind } }) =>
    kind === 'voucher.redeem' ? [id, settleIdOf(id)] : [id],
  )
}

export async function decideBatch(
  deps: Deps,
  texts: readonly string[],
  sender: Sender,
): Promise<DecidedBatch> {
  return decideUpon(deps, await readBefore(deps, sender.accountId, texts), sender)
}

/** `before`: as it was just read. */
export async function decideUpon(deps: Deps, before: Before, sender: Sender): Promise<DecidedBatch> {
  const { read } = before
  const valid = validIn(read)
  const made: SetAside = {
    ...{ claims: new Map(), moved: new Map(), entries: new Map() },
    ...{ tracks: new Set(), takenTracks: new Set() },
  }
  const { claims, tracks, moved } = made
  let used: Writing | undefined
  let batch = new Batch(deps, sender, made)
  let isAdmitted = false
  let isCounted = false
  let burst: Reason | undefined
  const admit = async (db: Queryable, fresh: readonly ValidCommand[]) => {
    if (!isAdmitted) await sender.admit?.(db, weightOf(fresh) + read.length - valid.length)
    isAdmitted = true
  }
  try {
    const decide = async (writing: Writing): Promise<Receipt[]> => {
      batch = new Batch(deps, sender, made)
      if (sender.helperId) helperOf(writing.ledger, sender.helperId)
      const isFirst = writing.account === before.account
      const known = isFirst ? before.known : await readKnown(deps.db, sender.accountId, idsToKnow(valid))
      const fresh = firstOfEach(valid, known)
      const [around] = await together(deps.db, (db) =>
        Promise.all([batch.prepare(db, writing, fresh), admit(db, fresh)]),
      )
      if (!isCounted) burst = await deviceBurst(deps, commandsIn(fresh), sender)
      isCounted = true
      if (around) await batch.write(writing, { commands: fresh, known, burst, around })
      used = writing
      return receiptsOf(read, known, writing.drafts)
    }
    const receipts = await changeAccount(deps, sender.accountId, decide, { known: before.account })
    const rows = (used?.drafts ?? []).map(({ row }) => row)
    const bought = new Set(
      rows.filter(({ outcome }) => outcome === 'accepted').map(({ commandId }) => commandId),
    )
    const [kept, unused] = partition([...claims.values()], ({ voucherId }) => bought.has(voucherId))
    await confirmPieces(deps, sender.accountId, kept)
    await releasePieces(deps, unused)
    await settleNumbers(deps, { bought: kept.flatMap(numberOf), others: unused.flatMap(numberOf) })
    await settleEntries(deps, [...made.entries.values()])
    await settleTracks(deps, sender.accountId, { claimed: [...tracks], standing: batch.tracks.standing })
    const fallen = [...moved.values()].filter(({ id }) => !batch.tracks.moved.some((act) => act.id === id))
    await dropBands(deps.db, sender.accountId, fallen)
    await finishCrossings(deps.db, batch.followed)
    await followSteps(
      deps,
      (used?.drafts ?? []).flatMap(({ crossing }) => (crossing ? [crossing] : [])),
    )
    if (valid.some(({ command: { kind } }) => kind.startsWith('consent.')))
      await routeConsents(deps, sender.accountId)
    if (batch.isShop)
      await dropPutOffs(
        deps.db,
        sender.accountId,
        rows.map(({ commandId }) => commandId),
      )
    return { receipts, ...(used && rows.length > 0 ? { written: { end: endOf(used), rows } } : {}) }
  } catch (error) {
    // Whether the append took place may be unknown here, for instance after a lost connection: the release finds out.
    await releasePieces(deps, [...claims.values()]).catch(() => {})
    const others = [...claims.values()].flatMap(numberOf)
    await settleNumbers(deps, { bought: [], others }).catch(() => {})
    await settleEntries(deps, [...made.entries.values()], { isKnown: false }).catch(() => {})
    await giveBackTracks(deps, sender.accountId, [...tracks]).catch(() => {})
    throw error
  }
}

/** Against the limit of a day: one for each, and more for what is long. */
function weightOf(commands: readonly ValidCommand[]): number {
  return commands.reduce((sum, { text }) => sum + Math.ceil(Buffer.byteLength(text) / COMMAND_UNIT_BYTES), 0)
}

function commandsIn(commands: readonly ValidCommand[]): Command[] {
  return commands.map(({ command }) => command)
}

/** Neither known nor a repetition within the batch. */
function firstOfEach(
  commands: readonly ValidCommand[],
  known: ReadonlyMap<string, KnownCommand>,
): ValidCommand[] {
  const seen = new Set<string>(known.keys())
  return commands.filter(({ command: { id } }) => {
    const isFirst = !seen.has(id)
    seen.add(id)
    return isFirst
  })
}

function receiptsOf(
  read: readonly ReadCommand[],
  known: ReadonlyMap<string, KnownCommand>,
  drafts: readonly Draft[],
): Receipt[] {
  const answers = new Map<string, KnownCommand>(known)
  for (const { row } of drafts) answers.set(row.commandId, row)
  return read.map((each): Receipt => {
    if (!each.command) return { id: each.id, outcome: 'deferred' }
    const answer = answers.get(each.command.id)
    if (!answer) return { id: each.command.id, outcome: 'waiting' }
    return {
      id: each.command.id,
      outcome: answer.outcome,
      seq: answer.seq,
      ...(answer.commandDigest === each.digest ? {} : { differs: true as const }),
    }
  })
}

function partition<T>(all: readonly T[], test: (each: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((each) => !test(each))]
}
