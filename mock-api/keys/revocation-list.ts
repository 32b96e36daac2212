/** The list of revoked keys as it stands in the database. */
import { decodeProtectedHeader } from 'jose'
import type { RevokedKey } from '../../src/proof/keys.ts'
import type { Revocations } from '../../src/proof/revocations.ts'
import { thumbprint } from '../../src/proof/trust.ts'
import { type KeyRow, type RevocationRow, toPublic } from '../storage/signing-keys.ts'

export async function listOf(
  revoked: readonly RevocationRow[],
  keys: readonly KeyRow[],
): Promise<Revocations> {
  return {
    epoch: Math.max(0, ...revoked.map(({ epoch }) => epoch)),
    revoked: await Promise.all(
      revoked.map(
        async ({ kid, revokedAt }): Promise<RevokedKey> => ({
          kid,
          at: revokedAt,
          keeps: await endorsedBy(kid, keys),
        }),
      ),
    ),
  }
}

/** What it endorsed while it was good. A thief of it could write an old date on an endorsement of their own; that key is not among these. */
function endorsedBy(kid: string, keys: readonly KeyRow[]): Promise<string[]> {
  const endorsed = keys.filter((key) => {
    const endorsement = key.fullEndorsement ?? key.endorsement
    return key.kid !== kid && endorsement !== undefined && decodeProtectedHeader(endorsement).kid === kid
  })
  return Promise.all(endorsed.map((key) => thumbprint(toPublic(key))))
}
