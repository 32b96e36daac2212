/** Every promise of the protocol's section 3, checked over all accounts: reads only, stops at the first row that breaks one. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { emptyLedger, isOfThisFold, post } from '../../src/domain/ledger/ledger.ts'
import { nextDueAt } from '../../src/domain/ledger/next-due.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Cursor, findChainFault, START } from '../../src/proof/chain.ts'
import { sha256Hex } from '../../src/proof/digest.ts'
import { type AccountWithState, readAccountsAfter } from '../storage/accounts.ts'
import type { Queryable } from '../storage/db.ts'
import { type RecordRow, readPage } from '../storage/records.ts'
import { openState } from '../storage/state.ts'
import { auditClosed } from './audit-closed.ts'
import { auditCrossings, type InTransit } from './audit-crossings.ts'
import { auditMoney } from './audit-money.ts'
import { AuditFault, auditBands, auditNumbers, auditOffers } from './audit-sides.ts'
import { findStateFault, hasDays } from './audit-state.ts'

interface AuditResult {
  readonly accounts: number
  readonly records: number
  /** States that another fold made: folded anew before the next decision upon them, and only then compared. */
  readonly stale: number
  /** Vouchers that phones proved to a restored backend when their pieces had gone to others. */
  readonly beyondStock?: number
  /** What crossed to accounts that are gone. */
  readonly inTransit?: InTransit
  /** What was followed and no journal drives any more: a restored backup has forgotten it. */
  readonly undriven?: number
  /** Fen that the sponsor owes in the place of branches that are gone: disputes upheld against them. */
  readonly borneFen?: number
  /** Points that accounts which are gone had to spend or had held, and what their shops were paid of them. Nobody can spend the rest. */
  readonly closed?: { readonly points: number; readonly paid: number }
  /** The first row that breaks a promise, and which. */
  readonly fault?: string
}

/** Rows read at a time: memory, not speed. */
const PAGE = 500

export async function audit(db: Queryable): Promise<AuditResult> {
  const count = { accounts: 0, records: 0, stale: 0 }
  const sum = { issuedFen: 0, borneFen: 0, closed: 0, closedPaid: 0 }
  let sponsor: AccountId | undefined
  try {
    for (let after = ''; ; ) {
      const accounts = await readAccountsAfter(db, after, PAGE)
      for (const account of accounts) {
        const audited = await auditAccount(db, account)
        count.records += audited.records
        sum.issuedFen += audited.issuedFen
        sum.closed += audited.closed
        sum.closedPaid += audited.closedPaid
        if (account.kind === 'sponsor') {
          sponsor = account.accountId
          sum.borneFen += audited.owedFen
        }
        count.accounts++
        if (isStale(account)) count.stale++
      }
      const last = accounts.at(-1)
      if (!last) break
      after = last.accountId
    }
    const beyondStock = await auditOffers(db)
    const { inTransit, undriven } = await auditCrossings(db, sponsor)
    await auditMoney(db, { issued: sum.issuedFen, inTransit: inTransit.fen })
    await auditNumbers(db)
    await auditBands(db)
    return {
      ...count,
      ...(beyondStock > 0 ? { beyondStock } : {}),
      ...(inTransit.crossings > 0 ? { inTransit } : {}),
      ...(undriven > 0 ? { undriven } : {}),
      ...(sum.borneFen > 0 ? { borneFen: sum.borneFen } : {}),
      ...(sum.closed > 0 ? { closed: { points: sum.closed, paid: sum.closedPaid } } : {}),
    }
  } catch (error) {
    if (error instanceof AuditFault) return { ...count, fault: error.message }
    throw error
  }
}

interface AuditedAccount {
  readonly records: number
  /** To this account, net. */
  readonly issuedFen: number
  readonly owedFen: number
  /** Points left in it where it is gone, and those that shops were paid of them. */
  readonly closed: number
  readonly closedPaid: number
}

async function auditAccount(db: Queryable, account: AccountWithState): Promise<AuditedAccount> {
  const { accountId } = account
  const ledger = emptyLedger()
  const ids = new Set<string>()
  const fail = (seq: number, what: string): never => {
    throw new AuditFault(`account ${accountId} record ${seq}: ${what}`)
  }
  let cursor: Cursor = START
  for (;;) {
    const rows = await readPage(db, accountId, { after: cursor.seq, limit: PAGE })
    await auditChain(cursor, rows, fail)
    for (const row of rows) {
      if (ids.has(row.commandId)) fail(row.seq, `id ${row.commandId} stands twice`)
      ids.add(row.commandId)
      await auditRow(account, row, fail)
      try {
        post(ledger, openBody(row.body), openDetail(row.detail))
      } catch (error) {
        fail(row.seq, `does not fold: ${(error as Error).message}`)
      }
      if (row.availableAfter !== balanceOf(ledger.balances, 'points', 'available'))
        fail(row.seq, 'available differs from the fold')
      if (row.heldAfter !== balanceOf(ledger.balances, 'points', 'held'))
        fail(row.seq, 'held differs from the fold')
    }
    const last = rows.at(-1)
    if (!last) break
    cursor = { seq: last.seq, hash: last.hash }
  }
  auditHead(account, cursor, fail)
  const sums = new Map<string, number>()
  for (const [key, value] of Object.entries(ledger.balances)) {
    const asset = key.split(':')[0] as string
    sums.set(asset, (sums.get(asset) ?? 0) + value)
  }
  for (const [asset, sum] of sums) if (sum !== 0) fail(cursor.seq, `${asset} sum to ${sum}, not zero`)
  if (account.available !== balanceOf(ledger.balances, 'points', 'available'))
    fail(cursor.seq, 'the account row says another available')
  if (account.held !== balanceOf(ledger.balances, 'points', 'held'))
    fail(cursor.seq, 'the account row says another held')
  const isClosed = account.deletedAt !== null
  const audited = {
    records: cursor.seq,
    issuedFen: -balanceOf(ledger.balances, 'fen', 'issuance'),
    owedFen: -balanceOf(ledger.balances, 'fen', 'owed'),
    closed: isClosed ? account.available + account.held : 0,
    closedPaid: isClosed ? await auditClosed(db, account) : 0,
  }
  // A deleted account has no details left to fold a state from, and keeps none.
  if (!isClosed) {
    if (isStale(account)) return audited
    const fault = await findStateFault(db, account, ledger)
    if (fault) fail(cursor.seq, fault)
    if (account.nextDueAt !== (nextDueAt(ledger) ?? null))
      fail(cursor.seq, 'the next due time differs from the fold')
  } else if (account.state !== null || account.phoneKey !== null || (await hasDays(db, accountId)))
    fail(cursor.seq, 'deleted, but a state is left')
  return audited
}

function isStale({ state }: AccountWithState): boolean {
  return state !== null && !isOfThisFold(openState(state).ledger)
}

type Fail = (seq: number, what: string) => never

async function auditChain(after: Cursor, rows: readonly RecordRow[], fail: Fail): Promise<void> {
  const fault = await findChainFault(
    after,
    rows.map(({ seq, body, hash, detail, salt }) => ({
      seq,
      body,
      hash,
      ...(detail === null || salt === null ? {} : { detail, salt }),
    })),
  )
  if (!fault) return
  const words = {
    gap: 'a gap before it',
    hash: 'the hash does not follow',
    detail: 'the detail is not the one hashed',
  }
  fail(fault.seq, words[fault.what])
}

async function auditRow(account: AccountWithState, row: RecordRow, fail: Fail): Promise<void> {
  const body = openBody(row.body)
  if (canonicalJson(body) !== row.body) fail(row.seq, 'the body is not canonical')
  if (body.account !== row.accountId || body.seq !== row.seq || body.id !== row.commandId)
    fail(row.seq, 'the body names another account, seq or id')
  if (body.outcome !== row.outcome || body.at !== row.postedAt)
    fail(row.seq, 'the columns differ from the body')
  if ((body.command ?? null) !== row.commandDigest) fail(row.seq, 'the command digest differs from the body')
  if (body.outcome === 'refused' && body.transfers.length > 0) fail(row.seq, 'refused, but with transfers')
  const detail = openDetail(row.detail)
  if ((detail === undefined) !== (account.deletedAt !== null))
    fail(row.seq, detail ? 'deleted, but a detail is left' : 'the detail is gone')
  if (detail?.command !== undefined && (await sha256Hex(detail.command)) !== row.commandDigest)
    fail(row.seq, 'the text of the command is not the one hashed')
}

function auditHead(account: AccountWithState, end: Cursor, fail: Fail): void {
  if (account.nextSeq !== end.seq + 1) fail(end.seq, `the account row expects ${account.nextSeq} next`)
  if (account.headHash !== end.hash) fail(end.seq, 'the account row says another head')
}
