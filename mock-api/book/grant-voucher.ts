/** A granted voucher gets what the backend alone can give it: a piece that is set aside for it, a number, and a signature. */
import type { AccountId, VoucherId } from '../../src/domain/base/ids.ts'
import type { Decision } from '../../src/domain/ledger/decision.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { signDonation } from '../../src/proof/donation-certificate.ts'
import { signVoucher } from '../../src/proof/voucher-token.ts'
import type { Deps } from '../base/deps.ts'
import { readOfferNumber } from '../storage/offers.ts'
import { drawNumber, type VoucherNumber } from './voucher-number.ts'

interface Granted {
  readonly accountId: AccountId
  readonly voucherId: VoucherId
  readonly voucher: NonNullable<Decision['voucher']>
}

/** `before`: what was drawn for the same voucher when somebody else was first. */
export async function grantVoucher(
  deps: Deps,
  granted: Granted,
  before?: VoucherNumber,
): Promise<{ number: VoucherNumber; voucher: NonNullable<RecordDetail['voucher']> }> {
  const { accountId, voucherId, voucher } = granted
  const { merchantId, offer, expiresAt } = voucher
  const n = await readOfferNumber(deps.db, offer)
  const number = await drawNumber(deps, { merchantId, accountId, voucherId, n, expiresAt }, before)
  // The key before the time: one made just now would not be in force yet at the time of the decision.
  const key = await deps.keyring.signingKey('vouchers')
  const token = await signVoucher(
    {
      jti: voucherId,
      sub: accountId,
      merchant: merchantId,
      offer: voucher.offerId,
      version: voucher.offerVersion,
      points: voucher.pricePoints,
      fen: offer.valueFen,
      n,
      iat: deps.now(),
      exp: expiresAt,
    },
    key,
  )
  const certificate = offer.category === 'donation' ? await certificateOf(deps, granted) : undefined
  const told = { ...voucher, code: number.code, token }
  return { number, voucher: certificate === undefined ? told : { ...told, certificate } }
}

/** What the donor can show to anybody. */
async function certificateOf(deps: Deps, { accountId, voucherId, voucher }: Granted): Promise<string> {
  const key = await deps.keyring.signingKey('certificates')
  const { offer, pricePoints: points } = voucher
  const { valueFen: fen, merchantId, merchantZh: beneficiaryZh, merchantEn: beneficiaryEn } = offer
  const pseudonym = deps.secret.pseudonym(accountId)
  return signDonation(
    {
      ...{ id: voucherId, issuer: deps.config.audience, pseudonym, points, fen },
      ...{ beneficiaryId: `urn:greentrace:merchant:${merchantId}`, beneficiaryZh, beneficiaryEn },
      ...{ isSample: offer.sample, at: deps.now() },
    },
    key,
  )
}
