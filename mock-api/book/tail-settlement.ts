/** The row beside a settlement that came back with its holder's journal. Newer ones name the shop's account and command, older ones do not. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import type { SettlementRow } from '../storage/settlements.ts'

export function settlementOf(
  accountId: AccountId,
  body: RecordBody,
  detail: RecordDetail,
): SettlementRow | undefined {
  if (body.kind !== 'voucher.settle' || detail.about === undefined) return undefined
  return {
    accountId,
    voucherId: detail.about,
    merchantAccountId: (detail.settled?.account as AccountId | undefined) ?? null,
    commandId: detail.settled?.command ?? null,
    commandText: null,
    settledAt: body.at,
    state: 'awaited', // until the shop's own record is seen
  }
}
