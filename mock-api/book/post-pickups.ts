/** What a service says of pick-ups becomes records of the account that booked them: each state once, and late news none. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { decidePickupUpdate, pickupUpdateIdOf } from '../../src/domain/kinds/pickup-update.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import type { PickupState } from '../../src/domain/taking-part/pickup.ts'
import type { ReportClaims } from '../../src/proof/report-token.ts'
import type { Deps } from '../base/deps.ts'
import { readKnown } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { draftDueSteps } from './sweep-account.ts'
import { draft, type Writing } from './writing.ts'

export interface PickupSaid {
  readonly eventKey: string
  readonly pickup: string
  readonly state: PickupState
  readonly statement: NonNullable<RecordDetail['statement']>
}

/** Undefined: the token says nothing of a pick-up. */
export function pickupSaidIn(
  { eventKey, token }: { eventKey: string; token: string | null },
  { provider, jti, event, body }: ReportClaims,
): PickupSaid | undefined {
  if (event !== 'pickup-state' || token === null) return undefined
  // Held to their schema when they came.
  const { pickup, state } = body as unknown as Pick<PickupSaid, 'pickup' | 'state'>
  return { eventKey, pickup, state, statement: { provider, jti, token } }
}

/** In the order in which they came. */
export async function postPickups(
  deps: Deps,
  accountId: AccountId,
  all: readonly PickupSaid[],
): Promise<ReadonlyMap<string, 'posted' | 'dropped'>> {
  return changeAccount(deps, accountId, async (writing) => {
    const known = await readKnown(deps.db, accountId, all.map(idOf))
    const fresh = all.filter((said) => !known.has(idOf(said)))
    const posted = new Map(all.map(({ eventKey }) => [eventKey, 'posted' as 'posted' | 'dropped']))
    if (fresh.length > 0) draftDueSteps(writing)
    for (const said of fresh) if (!draftPickup(writing, said)) posted.set(said.eventKey, 'dropped')
    return posted
  })
}

function idOf({ pickup, state }: Pick<PickupSaid, 'pickup' | 'state'>): string {
  return pickupUpdateIdOf(pickup, state)
}

/** False: there is nothing to post. `provenAt`: when it was decided first, before a backup was restored. */
export function draftPickup(
  writing: Writing,
  { pickup, state, statement }: Omit<PickupSaid, 'eventKey'>,
  told: Pick<RecordDetail, 'provenAt'> = {},
): boolean {
  const decision = decidePickupUpdate({ provider: statement.provider, pickup, state }, writing.ledger)
  if (!decision) return false
  draft(writing, {
    by: 'provider',
    id: pickupUpdateIdOf(pickup, state),
    kind: 'pickup.update',
    outcome: decision.outcome,
    transfers: decision.transfers,
    detail: { about: pickup, pickupState: state, statement, ...told },
  })
  return true
}
