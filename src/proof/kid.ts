/** Which key a JWS says that it was signed by, unverified: only to tell a key that is not known (yet) from a signature that does not hold. */
import { decodeProtectedHeader } from 'jose'

export function kidOf(jws: string): string | undefined {
  try {
    return decodeProtectedHeader(jws).kid
  } catch {
    return undefined
  }
}
