/** Who sends commands for an account: its owner, the shop, or a helper whom the account's state knows. Whose an account is, `domain/ledger/actor.ts` says. */
import type { ActingHelper, HelperId } from '../../src/domain/ledger/helping.ts'
import type { Ledger } from '../../src/domain/ledger/ledger.ts'
import { BookError } from './errors.ts'

/** As the owner calls them by now. Asked upon the very state that is decided upon, so that a helper is out from the revoking record on. */
export function helperOf({ helpers }: Pick<Ledger, 'helpers'>, id: HelperId): ActingHelper {
  const helper = helpers?.[id]
  if (!helper) throw new BookError('helper_revoked')
  return { id, name: helper.name }
}
