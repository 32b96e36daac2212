/** What a till is told before it works without a network: the signed list of what it must not accept, the merchant's offers, and the key of its numbers. */
import type { TillStatus } from '../../src/contract/till.ts'
import { signVoucherStatus } from '../../src/proof/voucher-status.ts'
import type { Deps } from '../base/deps.ts'
import { readOfferVersions } from '../storage/offers.ts'
import type { TillRow } from '../storage/tills.ts'
import { readEnded } from '../storage/voucher-ends.ts'
import { type Branch, toldBranch } from './branch.ts'

export async function statusFor(
  deps: Deps,
  till: Pick<TillRow, 'tillId' | 'name' | 'role'>,
  branch: Branch,
): Promise<TillStatus> {
  const { merchantId, accountId } = branch.branch
  const { tillId, name, role } = till
  const now = deps.now()
  const offers = await readOfferVersions(deps.db, merchantId)
  return {
    status: await signedList(deps, { merchantId, accountId }),
    offers: offers.map(({ n, offer }) => {
      const { id, version, titleZh, titleEn, category, valueFen, termsZh, termsEn } = offer
      return { n, id, version, titleZh, titleEn, category, valueFen, termsZh, termsEn }
    }),
    numberKey: Buffer.from(deps.secret.numberKey(merchantId)).toString('base64url'),
    branch: toldBranch(branch),
    tillId,
    name,
    role,
    now,
  }
}

/** The time before the list is read: what ends in between is on the next one. */
async function signedList(
  deps: Deps,
  { merchantId, accountId }: Pick<Branch['branch'], 'merchantId' | 'accountId'>,
): Promise<string> {
  const key = await deps.keyring.signingKey('vouchers')
  const iat = deps.now()
  const ended = await readEnded(deps.db, { merchantId, accountId, now: iat })
  const { revoked = [] } = await deps.keyring.publicKeys()
  const revokedKeys = revoked.length === 0 ? {} : { revokedKeys: revoked.map(({ kid }) => kid) }
  return signVoucherStatus({ sub: merchantId, iat, ended, ...revokedKeys }, key)
}
