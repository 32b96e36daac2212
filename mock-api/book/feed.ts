/** What an account's journal says after a cursor, a page at a time, under a head signed at the page's last record. Reads only. */
import type { WireRecord } from '../../src/contract/sync.ts'
import { type Cursor, GENESIS_HASH } from '../../src/proof/chain.ts'
import { signHead } from '../../src/proof/head.ts'
import type { Deps } from '../base/deps.ts'
import { PAGE_BYTES_MAX } from '../base/limits.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { type RecordRow, readHash, readPage } from '../storage/records.ts'
import type { AccountEnd } from './writing.ts'

interface Page {
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

/** `account` as it stands after the last append; the cursor is known to lie in its history. `written`: what that append stored, in order. */
export async function pageAfter(
  deps: Deps,
  account: AccountEnd,
  cursor: Cursor,
  written: readonly RecordRow[] = [],
): Promise<Page> {
  const rows = await rowsAfter(deps, account, cursor, written)
  const fitting = withinBytes(rows)
  const last = fitting.at(-1)
  const key = await deps.keyring.signingKey('heads') // before the time is taken, or it might not be in force at it
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

/** Nothing is read again that is at hand: a device that was up to date asks for just what it wrote. */
async function rowsAfter(
  deps: Deps,
  { accountId, nextSeq }: AccountEnd,
  { seq }: Cursor,
  written: readonly RecordRow[],
): Promise<readonly RecordRow[]> {
  if (seq === nextSeq - 1) return []
  if (written[0]?.seq === seq + 1) return written.slice(0, deps.pageRecords)
  return readPage(deps.db, accountId, { after: seq, limit: deps.pageRecords })
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

export function toWire({ seq, body, hash, detail, salt }: RecordRow): WireRecord {
  return { seq, body, hash, ...(detail === null || salt === null ? {} : { detail, salt }) }
}
