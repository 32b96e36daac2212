/** Who sends commands for an account: its owner, the shop, or a helper whom the account's state knows. Scopes of tills are still to come. */
import type { Actor } from '../../src/domain/ledger/actor.ts'
import type { ActingHelper, HelperId } from '../../src/domain/ledger/helping.ts'
import type { Ledger } from '../../src/domain/ledger/ledger.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { BookError } from './errors.ts'

const OWNERS = {
  citizen: 'citizen',
  merchant: 'manager',
  office: 'operator',
} as const satisfies Readonly<Record<AccountRow['kind'], Actor>>

export function ownerOf({ kind }: Pick<AccountRow, 'kind'>): Actor {
  return OWNERS[kind]
}

/** As the owner calls them by now. Asked upon the very state that is decided upon, so that a helper is out from the revoking record on. */
export function helperOf({ helpers }: Pick<Ledger, 'helpers'>, id: HelperId): ActingHelper {
  const helper = helpers?.[id]
  if (!helper) throw new BookError('helper_revoked')
  return { id, name: helper.name }
}
