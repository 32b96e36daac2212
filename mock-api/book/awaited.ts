/**
 * A shop's journal proves that it accepted a voucher, and the holder's journal does not say so yet: one of the two came back first. The
 * holder's side follows when its voucher is known again; after the window the shop's proof counts alone, if need be as a debt.
 */
import type { AccountId, VoucherId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { settleStep, settleUnknownStep } from '../../src/domain/ledger/steps.ts'
import { SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { type AwaitedRow, dropAwaited, readAwaited, readAwaitedAfter } from '../storage/awaited.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'
import { nameSettlement, readAwaitedSettlements, readSettlement } from '../storage/settlements.ts'
import { changeAccount } from './append.ts'
import { isFault } from './errors.ts'
import { claimForgotten, forgottenIn } from './forgotten.ts'
import { type Claim, confirmPieces, releasePieces } from './stock.ts'
import type { TailRecord } from './tail-check.ts'
import { draft } from './writing.ts'

/** Rows read at a time: memory, not speed. */
const PAGE = 200

/** Acceptances that the shop's records prove. */
export function awaitedIn(
  accountId: AccountId,
  records: readonly Pick<TailRecord, 'body' | 'detail'>[],
  since: Instant,
): AwaitedRow[] {
  return records.flatMap(({ body, detail }) => {
    if (body.kind !== 'voucher.accept' || body.outcome !== 'accepted' || !detail.acceptance) return []
    // The token was checked when it was accepted, and the record that holds it is proven.
    const holder = forgottenIn(detail.acceptance.token)?.sub as AccountId | undefined
    if (holder === undefined || detail.about === undefined) return []
    const points = detail.acceptance.pricePoints
    return [
      {
        accountId: holder,
        voucherId: detail.about,
        merchantAccountId: accountId,
        commandId: body.id,
        points,
        since,
      },
    ]
  })
}

/** All that one holder's account waits for, or is waited for by. */
export async function resolveAwaitedOf(deps: Deps, holder: AccountId): Promise<void> {
  for (const { voucherId, merchantAccountId, commandId } of await readAwaitedSettlements(deps.db, holder)) {
    if (merchantAccountId === null || commandId === null) continue // an older journal: the shop's own tells
    if (await isAccepted(deps, merchantAccountId, commandId))
      await nameSettlement(deps.db, { accountId: holder, voucherId, merchantAccountId, commandId })
  }
  for (const row of await readAwaited(deps.db, holder)) await resolveAwaited(deps, row)
}

/** Everybody's; the sweeper's part. */
export async function sweepAwaited(deps: Deps): Promise<void> {
  for (let after = { since: -1, voucherId: '' }; ; ) {
    const rows = await readAwaitedAfter(deps.db, after, PAGE)
    for (const row of rows) await resolveAwaited(deps, row)
    const last = rows.at(-1)
    if (!last) return
    after = last
  }
}

async function isAccepted(deps: Deps, merchant: AccountId, commandId: string): Promise<boolean> {
  return (await readKnown(deps.db, merchant, [commandId])).get(commandId)?.outcome === 'accepted'
}

async function resolveAwaited(deps: Deps, row: AwaitedRow): Promise<void> {
  const { accountId, voucherId, merchantAccountId, commandId, since } = row
  const age = deps.now() - since
  if (!(await isAccepted(deps, merchantAccountId, commandId))) {
    // The append never came.
    if (age > STALE_CLAIM_MS) await dropAwaited(deps.db, accountId, voucherId)
    return
  }
  if (age < SETTLEMENT_WINDOW_MS && (await deps.recovery.isHeld(accountId))) return
  if (!(await settleFor(deps, row))) return
  await nameSettlement(deps.db, row)
  const settlement = await readSettlement(deps.db, accountId, voucherId)
  if (settlement?.commandId === commandId) await dropAwaited(deps.db, accountId, voucherId)
}

/** Whether the holder's side has a settlement now. Nobody has to be there: then the shop's row stays as what it was paid by. */
async function settleFor(deps: Deps, row: AwaitedRow): Promise<boolean> {
  const { accountId, merchantAccountId, commandId, points, since } = row
  const voucherId = row.voucherId as VoucherId
  const pieces: Claim[] = []
  try {
    const isSettled = await changeAccount(deps, accountId, async (writing) => {
      if (await readSettlement(deps.db, accountId, voucherId)) return true
      const voucher = writing.ledger.vouchers[voucherId]
      if (!voucher && writing.at < since + SETTLEMENT_WINDOW_MS) return false
      if (!voucher) pieces.push(...(await claimTaken(deps, row)))
      const { id, kind, transfers, about } = voucher
        ? settleStep(voucherId, voucher)
        : settleUnknownStep(voucherId, { ledger: writing.ledger, points })
      const settlement = {
        accountId,
        voucherId,
        merchantAccountId,
        commandId,
        commandText: null,
        settledAt: writing.at,
        state: 'posted' as const,
      }
      const settled = { account: merchantAccountId, command: commandId }
      draft(writing, {
        by: 'step',
        id,
        kind,
        outcome: 'accepted',
        transfers,
        detail: { about, settled },
        settlement,
      })
      return true
    })
    await confirmPieces(deps, accountId, pieces)
    return isSettled
  } catch (error) {
    await releasePieces(deps, pieces).catch(() => {})
    if (isFault(error, 'account_deleted', 'account_unknown')) return false
    throw error
  }
}

/** Of which offer it was, the shop's record says. The words of a shop that is gone went with it. */
async function claimTaken(deps: Deps, { merchantAccountId, commandId }: AwaitedRow): Promise<Claim[]> {
  const record = await readRecordOf(deps.db, merchantAccountId, commandId)
  const { acceptance } = JSON.parse(record?.detail ?? '{}') as RecordDetail
  const voucher = acceptance && forgottenIn(acceptance.token)
  return voucher ? [await claimForgotten(deps, voucher)] : []
}
