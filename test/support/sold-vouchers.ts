/** Vouchers as shops sell them, signed, with their small codes: what cameras are tried with. */
import type { MerchantId } from '../../src/domain/base/ids.ts'
import { DAY_MS, startOfDay } from '../../src/domain/base/time.ts'
import type { CodeReader } from '../../src/proof/small-code.ts'
import { smallCodeOf } from '../../src/proof/small-code.ts'
import { signVoucher } from '../../src/proof/voucher-token.ts'
import { makeTestKey } from './keys.ts'
import { randomOf } from './random.ts'

const ISSUED_AT = Date.parse('2026-11-29T08:30:00Z')
const MERCHANT = 'sample-cafe' as MerchantId

interface Sold {
  readonly token: string
  readonly code: string
}

/** @param seed of the same seed all is the same but the signatures. */
export async function sellVouchers(
  count: number,
  seed: number,
): Promise<{ sold: Sold[]; reader: CodeReader }> {
  const random = randomOf(seed)
  const key = await makeTestKey('0f1e2d3c4b5a6978', {
    purpose: 'vouchers',
    notBefore: ISSUED_AT - DAY_MS,
    notAfter: ISSUED_AT + DAY_MS,
  })
  const offers = Array.from({ length: 12 }, (_, i) => ({ n: i + 1, id: `coffee-${i + 1}` }))
  const sold: Sold[] = []
  for (let i = 0; i < count; i++) {
    const offer = random.pick(offers)
    const points = 100 * (1 + random.below(40))
    const token = await signVoucher(
      {
        jti: uuidBy(random.bytes(16)),
        sub: uuidBy(random.bytes(16)),
        merchant: MERCHANT,
        offer: offer.id,
        n: offer.n,
        version: 1 + random.below(3),
        points,
        fen: points,
        iat: ISSUED_AT,
        exp: startOfDay('2026-12-30') + random.below(30) * DAY_MS,
      },
      key.signing,
    )
    const code = await smallCodeOf(token)
    if (!code) throw new Error('a voucher has a small code')
    sold.push({ token, code })
  }
  return { sold, reader: { merchantId: MERCHANT, offers, keys: { keys: [key.key] } } }
}

function uuidBy(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}
