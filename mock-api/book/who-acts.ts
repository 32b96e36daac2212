/** Who sends commands for an account. A session is of the owner or of the shop so far; scopes of their own come with helpers and tills. */
import type { Actor } from '../../src/domain/ledger/actor.ts'
import type { AccountRow } from '../storage/accounts.ts'

const OWNERS = {
  citizen: 'citizen',
  merchant: 'manager',
} as const satisfies Readonly<Record<AccountRow['kind'], Actor>>

export function ownerOf({ kind }: Pick<AccountRow, 'kind'>): Actor {
  return OWNERS[kind]
}
