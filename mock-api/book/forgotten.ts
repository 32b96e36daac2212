/**
 * A voucher that the backend has forgotten for good, and that a shop has taken: what it bought was handed out, so it takes its piece and its
 * money from the offer as any other does, beyond what is left if need be.
 */
import type { AccountId, OfferId, VoucherId } from '../../src/domain/base/ids.ts'
import type { VoucherClaims } from '../../src/proof/voucher-token.ts'
import type { Deps } from '../base/deps.ts'
import { readOfferVersion } from '../storage/offers.ts'
import { type Claim, claimEvenBeyond } from './stock.ts'

/** What the token says of it. Those of before 2026-11-28 do not say what it is worth. */
type Forgotten = Pick<VoucherClaims, 'jti' | 'sub' | 'offer' | 'version'> & { readonly fen?: number }

export async function claimForgotten(deps: Deps, voucher: Forgotten): Promise<Claim> {
  const { jti, sub, offer, version, fen } = voucher
  const valueFen = fen ?? (await readOfferVersion(deps.db, offer, version))?.valueFen ?? 0
  return claimEvenBeyond(deps, {
    accountId: sub as AccountId,
    voucherId: jti as VoucherId,
    offer: { id: offer as OfferId, valueFen },
  })
}

/** Of a token that was checked when it was accepted; undefined when it is none. */
export function forgottenIn(token: string): Forgotten | undefined {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
    const { sub, ...rest } = JSON.parse(payload) as Forgotten
    return typeof sub === 'string' ? { sub, ...rest } : undefined
  } catch {
    return undefined
  }
}
