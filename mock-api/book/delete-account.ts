/**
 * The end of an account: all that is personal goes, the pseudonymous transfers and their chain stay. Asked again, it answers the same
 * receipt, because the first answer may have been lost. Of its sessions, token and account stay, only to answer 410.
 */
import type { AccountId } from '../../src/domain/ids.ts'
import { type DeletionReceipt, signDeletion } from '../../src/proof/deletion-receipt.ts'
import type { Deps } from '../deps.ts'
import { ProblemError } from '../http/problem.ts'
import { PHONE_REST_MS } from '../limits.ts'
import { markDeleted, readAccount } from '../storage/accounts.ts'
import { dropCodes, restPhone } from '../storage/phones.ts'
import { dropDetails } from '../storage/records.ts'
import { dropReviews } from '../storage/reviews.ts'
import { dropDevices, emptySessions } from '../storage/sessions.ts'
import { dropVoices } from '../storage/voices.ts'

export async function deleteAccount(deps: Deps, accountId: AccountId): Promise<string> {
  const before = await readAccount(deps.db, accountId)
  if (!before) throw new ProblemError('not_found')
  await deps.db.transaction(async (tx) => {
    if (!(await markDeleted(tx, accountId, deps.now()))) return
    await dropDetails(tx, accountId)
    await dropReviews(tx, accountId)
    await dropVoices(tx, accountId)
    await dropDevices(tx, accountId)
  })
  await emptySessions(deps.db, accountId)
  // The phone last: a crash before this leaves a binding to a deleted account, which the next sign-in replaces.
  if (before.phoneKey !== null) {
    const until = deps.now() + PHONE_REST_MS
    await restPhone(deps.db, { phoneKey: before.phoneKey, accountId, until })
    await dropCodes(deps.db, before.phoneKey)
  }
  const after = await readAccount(deps.db, accountId)
  if (!after || after.deletedAt === null) throw new ProblemError('busy')
  const receipt: DeletionReceipt = {
    account: accountId,
    deletedAt: after.deletedAt,
    records: after.nextSeq - 1,
    hash: after.headHash,
  }
  // The key before the time: one made just now would not be in force yet.
  const key = await deps.keyring.signingKey('documents')
  return signDeletion(receipt, { key, at: deps.now() })
}
