/** Codes that open the desk once: of an invitation's link, and for whoever has lost their passkeys. Only their digests are kept. */
import { CODE_BITS, codeOfBits } from '../../src/domain/offers/voucher.ts'
import type { Deps } from '../base/deps.ts'
import { keyOf } from '../base/secret.ts'

const RECOVERY_CODES = 10

/** `7K2M 94QX 13 5TGB …`: a hundred bits each, so that a digest without salt is enough. */
export function drawRecoveryCodes({ randomBytes }: Pick<Deps, 'randomBytes'>): string[] {
  const half = () => {
    const bytes = Buffer.from(randomBytes(Math.ceil(CODE_BITS / 8)))
    return codeOfBits(BigInt.asUintN(CODE_BITS, BigInt(`0x${bytes.toString('hex')}`)))
  }
  return Array.from({ length: RECOVERY_CODES }, () => grouped(`${half()}${half()}`.replaceAll(' ', '')))
}

function grouped(code: string): string {
  return code.match(/.{1,4}/g)?.join(' ') ?? code
}

/** As people type it: in small letters, with or without spaces, letters for the digits that they look like. */
export function recoveryKey(typed: string): string {
  const plain = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  return keyOf('recovery code', plain.replaceAll('O', '0').replaceAll(/[IL]/g, '1'))
}

export function invitationKey(code: string): string {
  return keyOf('operator invitation', code)
}
