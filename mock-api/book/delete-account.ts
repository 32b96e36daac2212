/**
 * The end of an account: all that is personal goes, the pseudonymous transfers and their chain stay. Asked again, it answers the same
 * receipt, because the first answer may have been lost. Of its sessions, token and account stay, only to answer 410.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { readAccount } from '../storage/accounts.ts'
import { eraseAccount } from './erase.ts'
import { BookError } from './errors.ts'
import { keepTombstone } from './tombstone.ts'

export async function deleteAccount(deps: Deps, accountId: AccountId): Promise<string> {
  const before = await readAccount(deps.db, accountId)
  if (!before) throw new BookError('account_unknown')
  await eraseAccount(deps, before, deps.now())
  const after = await readAccount(deps.db, accountId)
  if (!after || after.deletedAt === null) throw new BookError('contended')
  return keepTombstone(deps, { ...after, deletedAt: after.deletedAt })
}
