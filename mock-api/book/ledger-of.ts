/**
 * The ledger of an account, for whoever decides upon it: the stored state, of which days are looked up as they are needed, or, where another
 * fold made that, all records folded anew. What was folded anew is stored with the next append, so that it is done once; pulls need neither.
 */
import { emptyLedger, isOfThisFold, type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { AccountRow, AccountWithState } from '../storage/accounts.ts'
import type { Queryable } from '../storage/db.ts'
import { readPage } from '../storage/records.ts'
import { lookUpAll, openState, type StoredState } from '../storage/state.ts'

/** Rows read at a time: memory, and others are served in between. */
const PAGE = 500

export interface HeldLedger extends StoredState {
  /** The stored state is of another fold. */
  readonly isRefolded: boolean
}

/** Never of an account that is gone: who deleted it has dropped the details that a fold needs. */
export async function ledgerOf(db: Queryable, account: AccountWithState): Promise<HeldLedger> {
  const stored = account.state === null ? of(emptyLedger()) : openState(account.state)
  const isRefolded = !isOfThisFold(stored.ledger)
  const state = isRefolded ? of(await foldRecords(db, account)) : stored
  if (state.ledger.seq !== account.nextSeq - 1)
    throw new Error(`state of ${state.ledger.seq} beside record ${account.nextSeq - 1}`)
  return { ...state, isRefolded }
}

/** With all days at hand. Throws `MovedOn` when the account has gone on since it was read. */
export async function wholeLedgerOf(db: Queryable, account: AccountWithState): Promise<HeldLedger> {
  const held = await ledgerOf(db, account)
  return { ...(await lookUpAll(db, { ...held, account })), isRefolded: held.isRefolded }
}

function of(ledger: Ledger): StoredState {
  return { ledger, texts: new Map(), digests: new Map() }
}

/** As far as the account row reaches: what is appended meanwhile makes the compare-and-set fail. */
async function foldRecords(db: Queryable, { accountId, nextSeq }: AccountRow): Promise<Ledger> {
  const ledger = emptyLedger()
  while (ledger.seq < nextSeq - 1) {
    const limit = Math.min(PAGE, nextSeq - 1 - ledger.seq)
    const rows = await readPage(db, accountId, { after: ledger.seq, limit })
    if (rows.length === 0) break
    for (const { body, detail } of rows) {
      post(ledger, openBody(body), openDetail(detail))
    }
  }
  return ledger
}
