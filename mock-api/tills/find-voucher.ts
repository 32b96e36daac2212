/** A voucher by the number that somebody reads aloud, for whoever settles a disagreement: where it stands, and who accepted it. */
import type { FoundVoucher } from '../../src/contract/desk/shops.ts'
import type { MerchantId, VoucherId } from '../../src/domain/base/ids.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { numberAsShown } from '../../src/domain/offers/voucher-number.ts'
import type { Deps } from '../base/deps.ts'
import { readLivingWithState } from '../book/append.ts'
import { ledgerOf } from '../book/ledger-of.ts'
import { type RecordRow, readRecordOf } from '../storage/records.ts'
import { numberKey, readNumber } from '../storage/voucher-index.ts'

/** Undefined: nobody has one of that number at this merchant. */
export async function findVoucher(
  deps: Deps,
  { merchantId, number }: { merchantId: string; number: string },
): Promise<FoundVoucher | undefined> {
  const known = await readNumber(deps.db, numberKey(merchantId as MerchantId, numberAsShown(number)))
  const record = known && (await readRecordOf(deps.db, known.accountId, known.voucherId))
  const voucher = openDetail(record?.detail)?.voucher
  if (record?.outcome !== 'accepted' || !voucher) return undefined
  const { accountId, commandId: voucherId, postedAt: issuedAt } = record
  const { offer, expiresAt } = voucher
  const settled = await readRecordOf(deps.db, accountId, settleIdOf(voucherId))
  const usedBy = openDetail(settled?.detail)?.settled?.account
  return {
    ...{ voucherId, accountId, offerId: offer.id, titleZh: offer.titleZh, titleEn: offer.titleEn },
    ...{ fen: offer.valueFen, issuedAt, expiresAt },
    state: settled ? 'used' : await stateOf(deps, record),
    ...(settled ? { usedAt: settled.postedAt } : {}),
    ...(usedBy === undefined ? {} : { usedBy }),
  }
}

async function stateOf(
  deps: Deps,
  { accountId, commandId }: Pick<RecordRow, 'accountId' | 'commandId'>,
): Promise<'open' | 'returning' | 'returned'> {
  const { ledger } = await ledgerOf(deps.db, await readLivingWithState(deps.db, accountId))
  const open = ledger.vouchers[commandId as VoucherId]
  if (!open) return 'returned'
  return open.endedAt === undefined ? 'open' : 'returning'
}
