/**
 * The end of an account: all that is personal goes, the pseudonymous transfers and their chain stay. Asked again, it answers the same
 * receipt, because the first answer may have been lost. Of its sessions, token and account stay, only to answer 410.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { type AccountWithState, readAccount, readAccountWithState } from '../storage/accounts.ts'
import { type EndedVoucher, insertEnded } from '../storage/voucher-ends.ts'
import { eraseAccount } from './erase.ts'
import { BookError } from './errors.ts'
import { ledgerOf } from './ledger-of.ts'
import { keepTombstone } from './tombstone.ts'

export async function deleteAccount(deps: Deps, accountId: AccountId): Promise<string> {
  const before = await readAccountWithState(deps.db, accountId)
  if (!before) throw new BookError('account_unknown')
  const open = await openVouchersOf(deps, before)
  await eraseAccount(deps, before, deps.now())
  for (const voucher of open) await insertEnded(deps.db, voucher)
  const after = await readAccount(deps.db, accountId)
  if (!after || after.deletedAt === null) throw new BookError('contended')
  return keepTombstone(deps, { ...after, deletedAt: after.deletedAt })
}

/** Nobody is paid for them any more: the tills have to know. */
async function openVouchersOf(deps: Deps, account: AccountWithState): Promise<EndedVoucher[]> {
  if (account.state === null) return [] // it was deleted before
  const { ledger } = await ledgerOf(deps.db, account)
  return Object.entries(ledger.vouchers).map(([voucherId, { merchantId, expiresAt }]) => ({
    merchantId,
    voucherId,
    expiresAt,
    acceptedBy: null,
  }))
}
