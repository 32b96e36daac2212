/** What a service says of what a person arranged with it, beside acts, becomes records of that account: each once, and late news none. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { readKnown } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { draftDueSteps } from './sweep-account.ts'
import type { Writing } from './writing.ts'

export interface Said {
  readonly eventKey: string
  /** Of the record that it becomes. */
  readonly id: string
  /** False: there is nothing to post. */
  readonly draft: (writing: Writing) => boolean
  /** Why there may be nothing to post. */
  readonly without: 'no_pickup' | 'no_sign_up'
}

/** In the order in which they came. */
export async function postSaid(
  deps: Deps,
  accountId: AccountId,
  all: readonly Said[],
): Promise<ReadonlyMap<string, 'posted' | 'dropped'>> {
  return changeAccount(deps, accountId, async (writing) => {
    const known = await readKnown(
      deps.db,
      accountId,
      all.map(({ id }) => id),
    )
    const fresh = all.filter(({ id }) => !known.has(id))
    const posted = new Map(all.map(({ eventKey }) => [eventKey, 'posted' as 'posted' | 'dropped']))
    if (fresh.length > 0) draftDueSteps(writing)
    for (const said of fresh) if (!said.draft(writing)) posted.set(said.eventKey, 'dropped')
    return posted
  })
}
