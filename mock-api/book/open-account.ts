/**
 * The account of a phone: the one it is bound to, or the first of its own ids that nobody has ended. Ids are derived, so that an account
 * younger than a restored backup is the same again. A binding to one that was deleted holds for a while, then counts as none.
 */
import type { CityId } from '../../src/domain/base/city.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger.ts'
import type { Deps } from '../base/deps.ts'
import { PHONE_REST_MS } from '../base/limits.ts'
import { type AccountRow, insertAccount, readAccount } from '../storage/accounts.ts'
import { bindPhone, readPhone, unbindPhone } from '../storage/phones.ts'
import { stateText } from '../storage/state.ts'
import { BookError } from './errors.ts'

interface Opening {
  readonly phoneKey: string
  readonly city: CityId
}

/** Deleted and opened again once a month, for eighty years: an end for a loop. */
export const ACCOUNTS_MAX = 1000

export async function openAccount(
  deps: Deps,
  opening: Opening,
): Promise<{ account: AccountRow; isNew: boolean }> {
  const { phoneKey, city } = opening
  const at = deps.now()
  const bound = await readPhone(deps.db, phoneKey)
  const before = bound === undefined ? undefined : await readAccount(deps.db, bound)
  if (before?.deletedAt === null) return { account: before, isNew: false }
  if (before && isResting(before, at)) throw new BookError('phone_resting')
  if (before) await unbindPhone(deps.db, phoneKey, before.accountId)
  for (let n = 0; n < ACCOUNTS_MAX; n++) {
    const wanted = deps.secret.accountId(phoneKey, n)
    const ended = await readAccount(deps.db, wanted as AccountId)
    // Also one that the backup does not know, but the tombstones.
    if (ended && ended.deletedAt !== null) {
      if (isResting(ended, at)) throw new BookError('phone_resting')
      continue
    }
    // The binding goes first: of two sign-ins at once both end with the same account, and a crash leaves no account without a phone.
    const accountId = await bindPhone(deps.db, { phoneKey, accountId: wanted, at })
    const isNew = await insertAccount(deps.db, {
      accountId,
      kind: 'citizen',
      merchantId: null,
      city,
      phoneKey,
      state: stateText(emptyLedger()),
      at,
    })
    return { account: (await readAccount(deps.db, accountId)) as AccountRow, isNew }
  }
  throw new BookError('contended')
}

function isResting({ deletedAt }: AccountRow, at: number): boolean {
  return deletedAt !== null && at < deletedAt + PHONE_REST_MS
}
