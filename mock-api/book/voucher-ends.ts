/** Tells a merchant's list which vouchers have ended: after the append that ended them, and where a crash came in between by the sweeper. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import type { RecordBody } from '../../src/domain/ledger/record.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { readBranchesOf } from '../storage/merchants.ts'
import { readRecordsOf } from '../storage/records.ts'
import {
  dropExpiredEnds,
  dropVoucherEnds,
  insertEnded,
  readUntoldAccounts,
  readVoucherEnds,
} from '../storage/voucher-ends.ts'
import { each } from './each.ts'

/** A sweep is a short piece of work between requests; what is left waits for the next. */
const ACCOUNTS_PER_SWEEP = 200
const ROWS_PER_SWEEP = 2000

const ENDING: ReadonlySet<RecordBody['kind']> = new Set<RecordBody['kind']>([
  'voucher.cancel',
  'voucher.return',
  'voucher.accept',
])

export function endsVoucher(kind: RecordBody['kind']): boolean {
  return ENDING.has(kind)
}

/** All that one account has to tell. Done twice, it does nothing more. */
export async function tellEnds(deps: Deps, accountId: AccountId): Promise<void> {
  const ends = await readVoucherEnds(deps.db, accountId)
  if (ends.length === 0) return
  const records = await readRecordsOf(
    deps.db,
    accountId,
    ends.map(({ recordId }) => recordId),
  )
  const details = new Map(records.map(({ commandId, detail }) => [commandId, openDetail(detail)]))
  for (const { voucherId, recordId } of ends) {
    const { voucher, acceptance } = details.get(recordId) ?? {}
    const { merchantId, expiresAt } = acceptance ?? voucher ?? {}
    if (merchantId === undefined || expiresAt === undefined || expiresAt <= deps.now()) continue
    // Its only branch knows by its own journal what it has accepted.
    if (acceptance && (await readBranchesOf(deps.db, merchantId)).length < 2) continue
    const acceptedBy = acceptance ? accountId : null
    await insertEnded(deps.db, { merchantId, voucherId, expiresAt, acceptedBy })
  }
  await dropVoucherEnds(
    deps.db,
    accountId,
    ends.map(({ voucherId }) => voucherId),
  )
}

export async function sweepEnds(deps: Deps): Promise<void> {
  const now = deps.now()
  const untold = await readUntoldAccounts(deps.db, now - STALE_CLAIM_MS, ACCOUNTS_PER_SWEEP)
  await each(deps, untold, (accountId) => tellEnds(deps, accountId))
  await dropExpiredEnds(deps.db, now, ROWS_PER_SWEEP)
}
