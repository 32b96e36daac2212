/** What an account's journal says after a cursor, a page at a time, under a head signed at the page's last record. Reads only. */
import { PAGE_RECORDS_MAX } from '../../src/contract/limits.ts'
import type { WireRecord } from '../../src/contract/sync.ts'
import { type Cursor, GENESIS_HASH } from '../../src/proof/chain.ts'
import { signHead } from '../../src/proof/head.ts'
import type { Deps } from '../deps.ts'
import { PAGE_BYTES_MAX } from '../limits.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { type RecordRow, readHash, readPage } from '../storage/records.ts'

export interface Page {
  readonly records: WireRecord[]
  readonly head: string
  readonly lastSeq: number
  readonly hasMore: boolean
}

/** Whether the history that the device knows is not this one: it ends before the cursor, or differs at it. */
export async function isFork(deps: Deps, account: AccountRow, cursor: Cursor): Promise<boolean> {
  const last = account.nextSeq - 1
  if (cursor.seq > last) return true
  if (cursor.seq === 0) return cursor.hash !== GENESIS_HASH
  if (cursor.seq === last) return cursor.hash !== account.headHash
  return (await readHash(deps.db, account.accountId, cursor.seq)) !== cursor.hash
}

/** `account` as read after the last append; the cursor is known to lie in its history. */
export async function pageAfter(deps: Deps, account: AccountRow, cursor: Cursor): Promise<Page> {
  const isUpToDate = cursor.seq === account.nextSeq - 1
  const rows = isUpToDate
    ? []
    : await readPage(deps.db, account.accountId, { after: cursor.seq, limit: PAGE_RECORDS_MAX })
  const fitting = withinBytes(rows)
  const last = fitting.at(-1)
  const key = await deps.keyring.signingKey() // before the time is taken, or it might not be in force at it
  const head = await signHead(
    {
      account: account.accountId,
      seq: last?.seq ?? cursor.seq,
      hash: last?.hash ?? cursor.hash,
      available: last?.availableAfter ?? account.available,
      held: last?.heldAfter ?? account.held,
      at: deps.now(),
    },
    key,
  )
  const lastSeq = Math.max(account.nextSeq - 1, rows.at(-1)?.seq ?? 0)
  return { records: fitting.map(toWire), head, lastSeq, hasMore: (last?.seq ?? cursor.seq) < lastSeq }
}

/** At least one, or a restore would never end. */
function withinBytes(rows: readonly RecordRow[]): RecordRow[] {
  let bytes = 0
  const end = rows.findIndex(({ body, detail }) => {
    bytes += Buffer.byteLength(body) + (detail === null ? 0 : Buffer.byteLength(detail))
    return bytes > PAGE_BYTES_MAX
  })
  return end === -1 ? [...rows] : rows.slice(0, Math.max(1, end))
}

function toWire({ seq, body, hash, detail, salt }: RecordRow): WireRecord {
  return { seq, body, hash, ...(detail === null || salt === null ? {} : { detail, salt }) }
}
