/** Records as they are drafted: folded into a copy of the ledger, hashed and chained one after the other, before anything is stored. */
import { emptyLedger, type Ledger, post } from '../../src/domain/ledger.ts'
import type { Outcome, RecordBody, RecordDetail } from '../../src/domain/record.ts'
import type { Instant } from '../../src/domain/time.ts'
import { balanceOf, type Transfer } from '../../src/domain/transfer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { chainHash, commitment } from '../../src/proof/chain.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { RecordRow } from '../storage/records.ts'
import type { SettlementRow } from '../storage/settlements.ts'

/** What became of a command or a step, before it has a number. */
export interface Entry {
  readonly kind: RecordBody['kind']
  readonly id: string
  readonly outcome: Outcome
  readonly transfers: readonly Transfer[]
  /** SHA-256 of the command's text; absent for steps. */
  readonly commandDigest?: string
  readonly detail: RecordDetail
  /** Stored in the same transaction, in the holder's journal. */
  readonly settlement?: SettlementRow
}

export interface Draft {
  readonly row: RecordRow
  readonly kind: RecordBody['kind']
  readonly about?: string
  readonly settlement?: SettlementRow
}

export interface Writing {
  readonly account: AccountRow
  readonly at: Instant
  /** As it stands after the drafts. */
  readonly ledger: Ledger
  headHash: string
  readonly drafts: Draft[]
}

const SALT_BYTES = 16

/** Never a state of before a deletion: who deleted an account has checked that first. */
export function beginWriting(account: AccountRow, at: Instant): Writing {
  const ledger = account.state === null ? emptyLedger() : (JSON.parse(account.state) as Ledger)
  if (ledger.seq !== account.nextSeq - 1)
    throw new Error(`state of ${ledger.seq} beside record ${account.nextSeq - 1}`)
  return { account, at, ledger, headHash: account.headHash, drafts: [] }
}

export async function draft(
  writing: Writing,
  entry: Entry,
  randomBytes: (count: number) => Uint8Array<ArrayBuffer>,
): Promise<Draft> {
  const { account, at, ledger } = writing
  const detail = canonicalJson(entry.detail)
  const salt = Buffer.from(randomBytes(SALT_BYTES)).toString('hex')
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
    detail: await commitment(salt, detail),
  }
  const text = canonicalJson(body)
  const hash = await chainHash(writing.headHash, text)
  post(ledger, body, entry.detail)
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
    ...(entry.settlement ? { settlement: entry.settlement } : {}),
  }
  writing.drafts.push(made)
  return made
}
