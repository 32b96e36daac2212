/** Holds a page against what this device already knows: chain, signature, and the balances that its own fold gives. Before any transaction. */
import { readBody, readDetail } from '../contract/record.ts'
import type { SyncAnswer } from '../contract/sync.ts'
import type { ParsedRecord } from '../db/derive.ts'
import type { CheckedPage } from '../db/journal.ts'
import type { PartRead } from '../db/pieces.ts'
import type { Instant } from '../domain/base/time.ts'
import { copyOf, type Ledger, needsToPost, post } from '../domain/ledger/ledger.ts'
import type { Needs } from '../domain/ledger/needs.ts'
import { balanceOf } from '../domain/ledger/transfer.ts'
import { type ChainLink, type Cursor, findChainFault } from '../proof/chain.ts'
import { readHead } from '../proof/head.ts'
import type { KeySet } from '../proof/keys.ts'

/** Why a page does not fit. Shown as it is; nothing of the page is applied, and the outbox is kept. */
export type PageFault =
  | 'gap'
  | 'hash'
  | 'detail'
  | 'signature'
  | 'head'
  | 'record'
  | 'account'
  | 'balance'
  | 'fold'

export interface Known {
  readonly accountId: string
  readonly cursor: Cursor
  /** The ledger at the cursor, with what is needed of its days; undefined when another tab was first. */
  readonly ledgerWith: (needs: Needs) => Promise<PartRead | undefined>
  readonly keys: KeySet
  /** Device clock when the request left and when the answer came. */
  readonly sentAt: Instant
  readonly receivedAt: Instant
}

export async function checkPage(
  answer: Extract<SyncAnswer, { state: 'ok' }>,
  known: Known,
): Promise<{ page: CheckedPage } | { fault: PageFault } | 'moved'> {
  const links: readonly ChainLink[] = answer.records
  const chainFault = await findChainFault(known.cursor, links)
  if (chainFault) return { fault: chainFault.what }
  const head = await readHead(answer.head, known.keys, { isNew: true })
  if (!head) return { fault: 'signature' }
  const last = links[links.length - 1] ?? known.cursor
  if (head.account !== known.accountId || head.seq !== last.seq || head.hash !== last.hash)
    return { fault: 'head' }
  const records = links.flatMap(readLink)
  if (records.length < links.length) return { fault: 'record' }
  if (
    records.some(
      ({ body }, i) => body.account !== known.accountId || body.seq !== (links[i] as ChainLink).seq,
    )
  ) {
    return { fault: 'account' }
  }
  const found = await known.ledgerWith(needsToPost(records))
  if (!found) return 'moved'
  const ledger = foldOnto(found.ledger, records)
  if (!ledger) return { fault: 'fold' }
  const isEqual =
    balanceOf(ledger.balances, 'points', 'available') === head.available &&
    balanceOf(ledger.balances, 'points', 'held') === head.held
  if (!isEqual) return { fault: 'balance' }
  return {
    page: {
      after: known.cursor,
      links,
      records,
      ledger,
      before: found.before,
      receipts: answer.receipts,
      head: { jws: answer.head, at: answer.now },
      lastSeq: answer.lastSeq,
      hasMore: answer.hasMore,
      // The answer was written about half-way between the two.
      clockOffset: answer.now - Math.round((known.sentAt + known.receivedAt) / 2),
      now: known.receivedAt,
    },
  }
}

/** None where it is not a record: what is hashed and signed may still be made wrongly. */
function readLink(link: ChainLink): ParsedRecord[] {
  const body = readBody(link.body)
  const detail = link.detail === undefined ? undefined : readDetail(link.detail)
  if (!body || (link.detail !== undefined && !detail)) return []
  return [{ body, detail }]
}

function foldOnto(ledger: Ledger, records: readonly ParsedRecord[]): Ledger | undefined {
  const next = copyOf(ledger)
  try {
    for (const { body, detail } of records) post(next, body, detail)
    return next
  } catch {
    return undefined // an invariant broke: this is not a history that our ledger could have had
  }
}
