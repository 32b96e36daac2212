/**
 * The number of a voucher: made by the backend, since whoever could choose it could choose somebody else's. Claimed before the append, confirmed
 * after it, dropped when nothing came of it: as an offer's pieces are (stock.ts), with the same fence against a late append.
 */
import type { AccountId, MerchantId, VoucherId } from '../../src/domain/base/ids.ts'
import { dayOf, type Instant } from '../../src/domain/base/time.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { CODE_BITS, codeOfBits } from '../../src/domain/offers/voucher.ts'
import { isNumbered } from '../../src/domain/offers/voucher-number.ts'
import { bitsOfVoucher, writeNumber } from '../../src/proof/number-mark.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { fenceAccount } from '../storage/accounts.ts'
import { readRecordOf } from '../storage/records.ts'
import {
  claimNumber,
  confirmNumbers,
  dropNumber,
  type NumberRow,
  numberKey,
  readNumber,
  readStaleNumbers,
} from '../storage/voucher-index.ts'
import { each } from './each.ts'

/** Of 10^15 numbers two are hardly ever the same: three times in a row means that the dice are broken. */
const DRAWS_MAX = 3
const NUMBERS_PER_SWEEP = 200

export interface VoucherNumber {
  readonly code: string
  readonly codeKey: string
}

interface Numbered {
  readonly merchantId: MerchantId
  readonly accountId: AccountId
  readonly voucherId: VoucherId
  /** The offer's number at the merchant. */
  readonly n: number
  readonly expiresAt: Instant
}

/**
 * The bits are those that a till works out of the voucher's code as well, so that it knows by number what it took by code; where another
 * voucher has them, any. `before`: what was drawn for the same voucher when somebody else was first.
 */
export async function drawNumber(
  deps: Deps,
  voucher: Numbered,
  before?: VoucherNumber,
): Promise<VoucherNumber> {
  const { merchantId, accountId, voucherId } = voucher
  const own = await bitsOfVoucher(deps.secret.numberKey(merchantId), voucherId)
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    const isFirst = draw === 0
    const code =
      isFirst && before ? before.code : await codeOf(deps, voucher, isFirst ? own : randomBits(deps))
    const codeKey = numberKey(merchantId, code)
    if (await claimNumber(deps.db, { codeKey, accountId, voucherId }, deps.now())) return { code, codeKey }
  }
  throw new Error('no number is free')
}

/** An offer with too high a number gives its vouchers one of ten signs, which the backend alone can check. */
async function codeOf(
  { secret }: Deps,
  { merchantId, n, expiresAt }: Numbered,
  bits: bigint,
): Promise<string> {
  if (!isNumbered(n)) return codeOfBits(bits)
  return await writeNumber(secret.numberKey(merchantId), { bits, n, expiresOn: dayOf(expiresAt - 1) })
}

function randomBits({ randomBytes }: Deps): bigint {
  const bytes = Buffer.from(randomBytes(Math.ceil(CODE_BITS / 8)))
  return BigInt.asUintN(CODE_BITS, BigInt(`0x${bytes.toString('hex')}`))
}

/** After the append, or after one of which nothing is known. */
export async function settleNumbers(
  deps: Deps,
  numbers: Record<'bought' | 'others', readonly Pick<VoucherNumber, 'codeKey'>[]>,
): Promise<void> {
  const { bought, others } = numbers
  if (bought.length > 0)
    await confirmNumbers(
      deps.db,
      bought.map(({ codeKey }) => codeKey),
    )
  for (const { codeKey } of others) {
    const row = await readNumber(deps.db, codeKey)
    if (row?.state === 'claimed') await resolveNumber(deps, row)
  }
}

async function resolveNumber(deps: Deps, row: NumberRow): Promise<void> {
  await fenceAccount(deps.db, row.accountId)
  const record = await readRecordOf(deps.db, row.accountId, row.voucherId)
  if (record && codeKeyIn(record.detail) === row.codeKey) await confirmNumbers(deps.db, [row.codeKey])
  else await dropNumber(deps.db, row)
}

function codeKeyIn(detail: string | null): string | undefined {
  const voucher = openDetail(detail)?.voucher
  return voucher && numberKey(voucher.merchantId as MerchantId, voucher.code)
}

export async function sweepNumbers(deps: Deps): Promise<void> {
  const stale = await readStaleNumbers(deps.db, deps.now() - STALE_CLAIM_MS, NUMBERS_PER_SWEEP)
  await each(deps, stale, (row) => resolveNumber(deps, row))
}
