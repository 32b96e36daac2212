/** Places at days of planting against sign-ups. Part of the audit. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Queryable } from '../storage/db.ts'
import type { ClaimRow } from '../storage/offer-claims.ts'
import { readKnown } from '../storage/records.ts'
import { readSignUp } from '../storage/sign-ups.ts'
import { isReturnOpen } from '../storage/stock-returns.ts'

/** Which promise the claim of a place breaks. Undefined: none. */
export async function placeFault(
  db: Queryable,
  { claimId, accountId, state }: ClaimRow,
): Promise<string | undefined> {
  const holder = accountId as AccountId
  const isGranted = (await readKnown(db, holder, [claimId])).get(claimId)?.outcome === 'accepted'
  if (state === 'confirmed' && !isGranted) return 'confirmed without a sign-up'
  if (state === 'released' && isGranted) return 'released, but the sign-up stands'
  // What an account that is gone held was given back with it.
  const signUp = await readSignUp(db, holder, claimId)
  if (state === 'returned' && signUp && !signUp.isGivenBack) return 'returned, but the sign-up was not'
  const isHeldBack = state === 'confirmed' && signUp?.isGivenBack === true
  if (isHeldBack && !(await isReturnOpen(db, accountId, claimId)))
    return 'the sign-up was given back, but its place was not'
  return undefined
}
