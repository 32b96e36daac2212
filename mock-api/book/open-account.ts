/** The account of a phone: the one it is bound to, or a new one. A binding to one that was deleted holds for a while, then counts as none. */
import type { CityId } from '../../src/domain/city.ts'
import type { AccountId } from '../../src/domain/ids.ts'
import { emptyLedger } from '../../src/domain/ledger.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../deps.ts'
import { ProblemError } from '../http/problem.ts'
import { PHONE_REST_MS } from '../limits.ts'
import { type AccountRow, insertAccount, readAccount } from '../storage/accounts.ts'
import { bindPhone, unbindPhone } from '../storage/phones.ts'

export interface Opening {
  readonly phoneKey: string
  readonly city: CityId
  /** Absent: a citizen. */
  readonly merchantId?: string
}

export async function openAccount(
  deps: Deps,
  opening: Opening,
): Promise<{ account: AccountRow; isNew: boolean }> {
  const { phoneKey, city, merchantId } = opening
  const at = deps.now()
  // The binding goes first: of two sign-ins at once both end with the same account, and a crash leaves no account without a phone.
  for (const _ of ['bound', 'bound to a deleted one']) {
    const accountId = await bindPhone(deps.db, { phoneKey, accountId: deps.newId(), at })
    const isNew = await insertAccount(deps.db, {
      accountId,
      kind: merchantId === undefined ? 'citizen' : 'merchant',
      merchantId: merchantId ?? null,
      city,
      phoneKey,
      state: canonicalJson(emptyLedger()),
      at,
    })
    const account = (await readAccount(deps.db, accountId as AccountId)) as AccountRow
    if (account.deletedAt === null) return { account, isNew }
    if (at < account.deletedAt + PHONE_REST_MS) throw new ProblemError('phone_resting')
    await unbindPhone(deps.db, phoneKey, account.accountId)
  }
  throw new ProblemError('busy')
}
