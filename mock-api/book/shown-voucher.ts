/** The voucher that a shop was shown: by its signed code, or by the number that was read aloud, which only the backend can look up. */
import type { MerchantId } from '../../src/domain/base/ids.ts'
import type { RefusalCode } from '../../src/domain/base/reason.ts'
import { dayOf } from '../../src/domain/base/time.ts'
import type { CommandBodies } from '../../src/domain/ledger/command.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { numberAsShown } from '../../src/domain/offers/voucher-number.ts'
import { kidOf } from '../../src/proof/kid.ts'
import { checkNumber } from '../../src/proof/number-mark.ts'
import { readVoucher, type VoucherClaims } from '../../src/proof/voucher-token.ts'
import type { Deps } from '../base/deps.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { readLeft } from '../storage/left-vouchers.ts'
import { type RecordRow, readRecordOf } from '../storage/records.ts'
import { numberKey, readNumber } from '../storage/voucher-index.ts'

interface Shown {
  readonly token: string
  readonly claims: VoucherClaims
}

/** `isForgotten`: a restored backup, also one that nobody told of, may have lost what would tell. */
interface NotShown {
  readonly refusal: RefusalCode
  readonly isForgotten: boolean
}

export async function readShown(
  deps: Deps,
  body: CommandBodies['voucher.accept'],
  { merchantId }: Pick<AccountRow, 'merchantId'>,
): Promise<Shown | NotShown> {
  if ('token' in body) return readToken(deps, body.token)
  if (merchantId === null) return { refusal: 'voucher_unknown', isForgotten: false }
  const number = await readNumber(deps.db, numberKey(merchantId, numberAsShown(body.code)))
  const record = number ? await readRecordOf(deps.db, number.accountId, number.voucherId) : undefined
  if (record?.outcome !== 'accepted') {
    return { refusal: 'voucher_unknown', isForgotten: await isOurs(deps, body.code, merchantId) }
  }
  // Of a holder whose account is gone only what a till could still have taken is kept.
  const voucher = openDetail(record.detail)?.voucher ?? (await readLeft(deps.db, keyOf(record)))
  const token = voucher?.token
  return token === undefined ? { refusal: 'voucher_ended', isForgotten: false } : readToken(deps, token)
}

function keyOf({ accountId, commandId: voucherId }: RecordRow) {
  return { accountId, voucherId }
}

/** Its mark says that this backend made it for this shop; those of ten signs bear none. */
async function isOurs(deps: Deps, code: string, merchantId: MerchantId): Promise<boolean> {
  if ((await deps.recovery.restoredAt()) !== undefined) return true
  const key = deps.secret.numberKey(merchantId)
  return !('fault' in (await checkNumber(code, { key, today: dayOf(deps.now()) })))
}

async function readToken({ keyring }: Deps, token: string): Promise<Shown | NotShown> {
  const kid = kidOf(token)
  const keys = await keyring.publicKeys(kid)
  const claims = await readVoucher(token, keys)
  if (claims) return { token, claims }
  // A key of the part that a restored backup has lost comes back with a phone that trusts it.
  const isForgotten = kid !== undefined && keys.keys.every((key) => key.kid !== kid)
  return { refusal: 'voucher_forged', isForgotten }
}
