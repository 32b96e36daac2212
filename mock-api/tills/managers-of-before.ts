/**
 * Who ran a shop by signing in with a phone, before a branch had tills: the phone gets an account of its own, and until a manager's device has come
 * in at the branch, each sign-in brings a code for one.
 */
import type { Managed } from '../../src/contract/session.ts'
import type { Deps } from '../base/deps.ts'
import { dropPhoneOf, readAccount } from '../storage/accounts.ts'
import { dropManaged, insertManaged, readManaged, readPhone, unbindPhone } from '../storage/phones.ts'
import { readTills } from '../storage/tills.ts'
import { readBranchOf } from './branch.ts'
import { makeTillCode } from './till-code.ts'

/** As the device is called until somebody calls it otherwise. */
const MANAGER_NAME = '店长'

/** That it managed the branch is noted first, so that a crash forgets nothing. Sessions that the branch's account has go on until they end. */
export async function partFromBranch(deps: Deps, phoneKey: string): Promise<void> {
  const bound = await readPhone(deps.db, phoneKey)
  const account = bound === undefined ? undefined : await readAccount(deps.db, bound)
  if (account?.kind !== 'merchant' || account.deletedAt !== null) return
  await insertManaged(deps.db, phoneKey, account.accountId)
  await unbindPhone(deps.db, phoneKey, account.accountId)
  await dropPhoneOf(deps.db, account.accountId)
}

export async function managedBy(deps: Deps, phoneKey: string): Promise<Managed[]> {
  const managed: Managed[] = []
  for (const accountId of await readManaged(deps.db, phoneKey)) {
    const account = await readAccount(deps.db, accountId)
    const tills = await readTills(deps.db, accountId)
    const hasManager = tills.some(({ role, revokedAt }) => role === 'manager' && revokedAt === null)
    if (!account || account.deletedAt !== null || hasManager) {
      await dropManaged(deps.db, phoneKey, accountId)
      continue
    }
    const { branch } = await readBranchOf(deps, accountId)
    const { code, expiresAt } = await makeTillCode(deps, accountId, { role: 'manager', name: MANAGER_NAME })
    managed.push({ code, expiresAt, nameZh: branch.nameZh, nameEn: branch.nameEn })
  }
  return managed
}
