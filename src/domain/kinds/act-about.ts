/** The act that a withdrawal or an appeal is about. */

import type { ActivityId } from '../base/ids.ts'
import type { World } from '../ledger/decision.ts'
import { findActivity } from '../ledger/ledger-acts.ts'
import type { Ledger, PostedActivity } from '../ledger/ledger-state.ts'

/** In the state, or let go by it because it counts nothing. */
export function actOf(id: ActivityId, ledger: Ledger, world: World): PostedActivity | undefined {
  return findActivity(ledger, id) ?? world.idleAct?.(id)
}
