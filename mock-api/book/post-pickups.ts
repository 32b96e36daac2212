/** What a service says of a pick-up, as a record of the account that booked it. */
import { decidePickupUpdate, pickupUpdateIdOf } from '../../src/domain/kinds/pickup-update.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import type { PickupState } from '../../src/domain/taking-part/pickup.ts'
import type { ReportClaims } from '../../src/proof/report-token.ts'
import type { Said } from './post-said.ts'
import { draft, type Writing } from './writing.ts'

interface PickupSaid {
  readonly pickup: string
  readonly state: PickupState
  readonly statement: NonNullable<RecordDetail['statement']>
}

/** Undefined: the token says nothing of a pick-up. */
export function pickupSaidIn(
  { eventKey, token }: { eventKey: string; token: string | null },
  { provider, jti, event, body }: ReportClaims,
): Said | undefined {
  if (event !== 'pickup-state' || token === null) return undefined
  // Held to their schema when they came.
  const { pickup, state } = body as unknown as Pick<PickupSaid, 'pickup' | 'state'>
  const said = { pickup, state, statement: { provider, jti, token } }
  const id = pickupUpdateIdOf(pickup, state)
  return { eventKey, id, draft: (writing) => draftPickup(writing, said), without: 'no_pickup' }
}

/** False: there is nothing to post. `provenAt`: when it was decided first, before a backup was restored. */
export function draftPickup(
  writing: Writing,
  { pickup, state, statement }: PickupSaid,
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
