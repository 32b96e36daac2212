/** What a till was shown, a code or a number, as far as it can be read without a network. */
import type { TillRow } from '../../db/till.ts'
import type { MerchantId, VoucherId } from '../../domain/base/ids.ts'
import type { Day } from '../../domain/base/time.ts'
import { numberAsShown } from '../../domain/offers/voucher-number.ts'
import type { Fault, Shown } from '../../domain/till/verdict.ts'
import { signsOfBits } from '../../domain/till/voucher-names.ts'
import type { KeySet } from '../../proof/keys.ts'
import { bitsOfVoucher, checkNumber } from '../../proof/number-mark.ts'
import { type CodeFault, readSmallCode } from '../../proof/small-code.ts'

/** How an acceptance names it to the backend. */
type Naming = { readonly token: string } | { readonly code: string }

export interface ReadShown {
  readonly shown: Shown
  /** Absent where there is nothing to name. */
  readonly naming?: Naming
}

const FAULTS = {
  not_ours: 'not_a_voucher',
  newer: 'newer',
  damaged: 'damaged',
  another_merchant: 'other_shop',
  key_unknown: 'key_unknown',
  offer_unknown: 'offer_unknown',
  forged: 'forged',
} as const satisfies { readonly [Each in CodeFault['fault']]: Fault }

type TillKnows = Pick<TillRow, 'place' | 'told'>

export async function readShownCode(
  text: string,
  { till, keys }: { till: TillKnows; keys: KeySet },
): Promise<ReadShown> {
  const { place, told } = till
  const reader = {
    merchantId: place.merchantId as MerchantId,
    offers: told?.offers ?? [],
    keys: withoutUnexplained(keys, told?.revokedKeys ?? []),
  }
  const read = await readSmallCode(text.trim(), reader)
  if ('fault' in read) return { shown: { fault: FAULTS[read.fault] } }
  const { token, claims } = read
  return {
    naming: { token },
    shown: {
      from: 'code',
      voucherId: claims.jti,
      ...(told ? { signs: signsOfBits(await bitsOfVoucher(told.numberKey, claims.jti as VoucherId)) } : {}),
      offerId: claims.offer,
      version: claims.version,
      ...(claims.token === 2 ? { fen: claims.fen } : {}),
      expiresAt: claims.exp,
    },
  }
}

/** A key that was revoked goes on counting for what it signed before: when that was, this device has to hear first. */
function withoutUnexplained(keys: KeySet, revokedKids: readonly string[]): KeySet {
  const isExplained = (kid: string) => keys.revoked?.some((key) => key.kid === kid) === true
  return { ...keys, keys: keys.keys.filter(({ kid }) => !revokedKids.includes(kid) || isExplained(kid)) }
}

/** What is wrong with the typing, which the field says; a number that is whole gets a verdict. */
export type TypingFault = 'too_short' | 'too_long' | 'not_a_number'

export async function readTypedNumber(
  text: string,
  { told, today }: { told: TillRow['told']; today: Day },
): Promise<ReadShown | { typing: TypingFault }> {
  const naming = { code: numberAsShown(text) }
  if (!told) return { shown: { fault: 'old_number' }, naming }
  const read = await checkNumber(text, { key: told.numberKey, today })
  if (!('fault' in read)) {
    const { bits, n, expiresOn } = read
    return { naming, shown: { from: 'number', signs: signsOfBits(bits), n, expiresOn } }
  }
  if (read.fault === 'of_before') return { shown: { fault: 'old_number' }, naming }
  if (read.fault === 'wrong') return { shown: { fault: 'wrong_number' } }
  return { typing: read.fault }
}
