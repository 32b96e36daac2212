/** Records as they are drafted: folded into a copy of the ledger, hashed and chained one after the other, before anything is stored. */

import type { Instant } from '../../src/domain/base/time.ts'
import type { Actor } from '../../src/domain/ledger/actor.ts'
import type { ActingHelper } from '../../src/domain/ledger/helping.ts'
import { type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import type { ActingOperator } from '../../src/domain/ledger/operator.ts'
import type { Outcome, RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import type { Step } from '../../src/domain/ledger/step.ts'
import type { ActingTill } from '../../src/domain/ledger/till.ts'
import { balanceOf, type Transfer } from '../../src/domain/ledger/transfer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { chainHash, commitment } from '../base/hash.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { CrossingRow } from '../storage/crossings.ts'
import type { RecordRow } from '../storage/records.ts'
import type { StockReturn } from '../storage/stock-returns.ts'
import type { HeldLedger } from './ledger-of.ts'
import type { OfficeBeside } from './office-beside.ts'

/** What became of a command or a step, before it has a number. */
export interface Entry {
  /** Who acts: stands in the detail of every new record. */
  readonly by: Actor
  readonly helper?: ActingHelper | undefined
  /** In an office's journal: who it was. */
  readonly operator?: ActingOperator
  /** In anybody else's: the office's record by which an operator does it. */
  readonly act?: string | undefined
  readonly till?: ActingTill | undefined
  readonly kind: RecordBody['kind']
  readonly id: string
  readonly outcome: Outcome
  readonly transfers: readonly Transfer[]
  /** SHA-256 of the command's text; absent for steps. */
  readonly commandDigest?: string
  readonly detail: Omit<RecordDetail, 'by'>
  /** Stored in the same transaction, beside the driver's record. */
  readonly crossing?: CrossingRow
  /** `voucher.return`, `voucher.refunded`: stored in the same transaction, for the piece to go back to its offer. */
  readonly stockReturn?: StockReturn
  /** Of an office: stored in the same transaction. */
  readonly office?: OfficeBeside
}

export interface Draft {
  readonly row: RecordRow
  readonly kind: RecordBody['kind']
  readonly about?: string
  readonly crossing?: CrossingRow
  readonly stockReturn?: StockReturn
  readonly office?: OfficeBeside
}

export interface Writing extends HeldLedger {
  readonly account: AccountRow
  readonly at: Instant
  /** As it stands after the drafts. */
  readonly ledger: Ledger
  headHash: string
  readonly drafts: Draft[]
  /** A new one each time. */
  readonly salt: () => string
}

type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>

const SALT_BYTES = 16
/** So many cost hardly more to draw than one. */
const SALTS_A_DRAW = 32

export function beginWriting(
  account: AccountRow,
  held: HeldLedger,
  made: { at: Instant; randomBytes: RandomBytes },
): Writing {
  const { at, randomBytes } = made
  return { account, at, ...held, headHash: account.headHash, drafts: [], salt: saltsFrom(randomBytes) }
}

function saltsFrom(randomBytes: RandomBytes): () => string {
  let drawn = ''
  return () => {
    if (drawn === '') drawn = Buffer.from(randomBytes(SALT_BYTES * SALTS_A_DRAW)).toString('hex')
    const salt = drawn.slice(0, 2 * SALT_BYTES)
    drawn = drawn.slice(2 * SALT_BYTES)
    return salt
  }
}

/** Where an account's journal ends, and the balances there. */
export type AccountEnd = Pick<AccountRow, 'accountId' | 'nextSeq' | 'available' | 'held'>

/** Once the drafts are appended. */
export function endOf({ account, ledger }: Writing): AccountEnd {
  return {
    accountId: account.accountId,
    nextSeq: ledger.seq + 1,
    available: balanceOf(ledger.balances, 'points', 'available'),
    held: balanceOf(ledger.balances, 'points', 'held'),
  }
}

export function draft(writing: Writing, entry: Entry): Draft {
  const { account, at, ledger } = writing
  const told: RecordDetail = {
    ...entry.detail,
    by: {
      actor: entry.by,
      ...(entry.helper ? { helper: entry.helper } : {}),
      ...(entry.operator ? { operator: entry.operator } : {}),
      ...(entry.act === undefined ? {} : { act: entry.act }),
      ...(entry.till ? { till: entry.till } : {}),
    },
  }
  const detail = canonicalJson(told)
  const salt = writing.salt()
  const body: RecordBody = {
    v: 1,
    account: account.accountId,
    seq: ledger.seq + 1,
    at,
    kind: entry.kind,
    id: entry.id,
    outcome: entry.outcome,
    transfers: entry.transfers,
    ...(entry.commandDigest === undefined ? {} : { command: entry.commandDigest }),
    detail: commitment(salt, detail),
  }
  const text = canonicalJson(body)
  const hash = chainHash(writing.headHash, text)
  post(ledger, body, told)
  writing.headHash = hash
  const made: Draft = {
    row: {
      accountId: account.accountId,
      seq: body.seq,
      commandId: entry.id,
      commandDigest: entry.commandDigest ?? null,
      outcome: entry.outcome,
      body: text,
      hash,
      detail,
      salt,
      availableAfter: balanceOf(ledger.balances, 'points', 'available'),
      heldAfter: balanceOf(ledger.balances, 'points', 'held'),
      postedAt: at,
    },
    kind: entry.kind,
    ...(entry.detail.about === undefined ? {} : { about: entry.detail.about }),
    ...(entry.crossing ? { crossing: entry.crossing } : {}),
    ...(entry.stockReturn ? { stockReturn: entry.stockReturn } : {}),
    ...(entry.office ? { office: entry.office } : {}),
  }
  writing.drafts.push(made)
  return made
}

/** What the backend does by itself, drafted as the domain made it. `told`: what its detail says beside the step's own words. */
export function draftStep(
  writing: Writing,
  { id, kind, transfers, about, returnsAt, prolonged, statementOf }: Step,
  {
    by = 'step',
    told,
    ...beside
  }: { readonly by?: Actor; readonly told?: Omit<RecordDetail, 'by'> } & Pick<
    Entry,
    'crossing' | 'stockReturn'
  > = {},
): void {
  draft(writing, {
    by,
    id,
    kind,
    outcome: 'accepted',
    transfers,
    detail: {
      ...(about === undefined ? {} : { about }),
      ...(returnsAt === undefined ? {} : { returnsAt }),
      ...(prolonged ? { prolonged } : {}),
      ...(statementOf ? { statementOf } : {}),
      ...told,
    },
    ...beside,
  })
}
