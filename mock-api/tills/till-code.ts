/** A code by which a device comes in at a branch's counter: made by a manager or at the desk, told or typed in, used by one key. */
import type { TillCode, TillCodeRequest } from '../../src/contract/till.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { CODE_BITS, codeOfBits } from '../../src/domain/offers/voucher.ts'
import { plainCode } from '../../src/domain/taking-part/occurrence.ts'
import type { Deps } from '../base/deps.ts'
import { TILL_CODE_VALID_MS } from '../base/limits.ts'
import { keyOf } from '../base/secret.ts'
import { insertTillCode } from '../storage/tills.ts'

/** Asked for again, it is another code, and the earlier one still ends by itself. */
export async function makeTillCode(
  deps: Deps,
  accountId: AccountId,
  { role, name }: Pick<TillCodeRequest, 'role' | 'name'>,
): Promise<TillCode> {
  const code = codeOfBits(drawBits(deps))
  const expiresAt = deps.now() + TILL_CODE_VALID_MS
  await insertTillCode(deps.db, keyOfCode(code), { accountId, tillId: deps.newId(), name, role, expiresAt })
  return { code, role, name, expiresAt }
}

function drawBits({ randomBytes }: Deps): bigint {
  const bytes = Buffer.from(randomBytes(Math.ceil(CODE_BITS / 8)))
  return BigInt.asUintN(CODE_BITS, BigInt(`0x${bytes.toString('hex')}`))
}

/** Letters that are taken for digits are none of its alphabet. */
export function keyOfCode(code: string): string {
  const plain = plainCode(code).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return keyOf('till code', plain)
}
