/**
 * The only way into a journal: read, decide, then ONE transaction on ONE account that begins with a compare-and-set. Whoever comes second
 * reads again and decides again; nothing holds a lock while it decides or signs.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { nextDueAt } from '../../src/domain/ledger/next-due.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import type { Deps } from '../base/deps.ts'
import { APPEND_ATTEMPTS_MAX } from '../base/limits.ts'
import {
  type AccountRow,
  type AccountWithState,
  advanceAccount,
  readAccount,
  readAccountWithState,
} from '../storage/accounts.ts'
import type { Queryable } from '../storage/db.ts'
import { isLostRace, isRetryable } from '../storage/errors.ts'
import { gathered } from '../storage/gather.ts'
import { insertRecords } from '../storage/records.ts'
import { MovedOn, stateText, writeDays } from '../storage/state.ts'
import { hasBeside, writeBeside } from './beside.ts'
import { BookError } from './errors.ts'
import { ledgerOf, wholeLedgerOf } from './ledger-of.ts'
import { giveBack } from './stock.ts'
import { endsVoucher, tellEnds } from './voucher-ends.ts'
import { beginWriting, type Draft, type Writing } from './writing.ts'

/** Mean pause before deciding again, growing with the attempts: two writers in step would meet for ever. */
const PAUSE_MS = 4

/**
 * Decides upon the account as it is and appends what was drafted; again from the start when somebody else was first. `known`: the account as
 * read a moment ago, for the first attempt; should it be old by now, the compare-and-set tells. `isWhole`: with all days at hand; without it,
 * `decide` looks up those that it needs.
 */
export async function changeAccount<T>(
  deps: Deps,
  accountId: AccountId,
  decide: (writing: Writing) => Promise<T>,
  { known, isWhole = false }: { known?: AccountWithState | undefined; isWhole?: boolean } = {},
): Promise<T> {
  for (let attempt = 1; attempt <= APPEND_ATTEMPTS_MAX; attempt++) {
    const account = attempt === 1 && known ? known : await readLivingWithState(deps.db, accountId)
    const tried = await attemptOn(deps, account, { decide, isWhole })
    if (tried) return tried.answer
    const dice = (deps.randomBytes(1)[0] as number) / 128
    await deps.wait(Math.round(PAUSE_MS * attempt * dice))
  }
  throw new BookError('contended')
}

/** Undefined: somebody else was first. */
async function attemptOn<T>(
  deps: Deps,
  account: AccountWithState,
  { decide, isWhole }: { decide: (writing: Writing) => Promise<T>; isWhole: boolean },
): Promise<{ answer: T } | undefined> {
  try {
    const held = await (isWhole ? wholeLedgerOf : ledgerOf)(deps.db, account)
    const writing = beginWriting(account, held, { at: deps.now(), randomBytes: deps.randomBytes })
    const answer = await decide(writing)
    const isChanged = writing.drafts.length > 0 || writing.isRefolded
    if (!isChanged) return { answer }
    if (!(await append(deps, writing))) return undefined
    await giveBackPieces(deps, writing.drafts)
    if (writing.drafts.some(({ kind }) => endsVoucher(kind)))
      await tellEnds(deps, account.accountId).catch(() => undefined)
    return { answer }
  } catch (error) {
    if (error instanceof MovedOn) return undefined
    throw error
  }
}

export async function readLiving(db: Queryable, accountId: AccountId): Promise<AccountRow> {
  return living(await readAccount(db, accountId))
}

export async function readLivingWithState(db: Queryable, accountId: AccountId): Promise<AccountWithState> {
  return living(await readAccountWithState(db, accountId))
}

function living<Row extends AccountRow>(account: Row | undefined): Row {
  if (!account) throw new BookError('account_unknown')
  if (account.deletedAt !== null) throw new BookError('account_deleted')
  return account
}

/** False: somebody else was first. */
export async function append(deps: Deps, writing: Writing): Promise<boolean> {
  const { account, ledger, drafts } = writing
  const step = {
    accountId: account.accountId,
    expectedSeq: account.nextSeq,
    expectedFence: account.fence,
    records: drafts.length,
    available: balanceOf(ledger.balances, 'points', 'available') - account.available,
    held: balanceOf(ledger.balances, 'points', 'held') - account.held,
    headHash: writing.headHash,
    state: stateText(ledger),
    nextDueAt: nextDueAt(ledger) ?? null,
  }
  const statements = await gathered(async (tx) => {
    await advanceAccount(tx, step)
    await writeDays(tx, account, writing)
    // Without any, a state of another fold is replaced, or the next would fold all records anew once more.
    if (drafts.length > 0)
      await insertRecords(
        tx,
        drafts.map(({ row }) => row),
      )
  })
  const others = drafts.filter(hasBeside)
  try {
    await deps.db.transaction(async (tx) => {
      await tx.several(statements, others.length === 0)
      for (const each of others) await writeBeside(tx, each)
    })
    return true
  } catch (error) {
    if (isLostRace(error) || isRetryable(error)) return false // unknown or lost: reading again tells which
    throw error
  }
}

/** Beside the account, so after it; what fails or is interrupted here, the sweeper finishes. */
async function giveBackPieces(deps: Deps, drafts: readonly Draft[]): Promise<void> {
  for (const { stockReturn } of drafts)
    if (stockReturn) await giveBack(deps, stockReturn).catch(() => undefined)
}
