/** The act that a withdrawal, an appeal or a verdict is about. */

import type { ActivityId } from '../base/ids.ts'
import type { World } from '../ledger/decision.ts'
import { findActivity } from '../ledger/ledger-acts.ts'
import type { Ledger, PostedActivity } from '../ledger/ledger-state.ts'
import { type Needs, NO_NEEDS } from '../ledger/needs.ts'
import type { RecordBody, RecordDetail } from '../ledger/record.ts'

/** In the state, or let go by it because it counts nothing. */
export function actOf(id: ActivityId, ledger: Ledger, world: World): PostedActivity | undefined {
  return findActivity(ledger, id) ?? world.idleAct?.(id)
}

/** It may come to count nothing by it. */
export function needsOfAct(id: string): Needs {
  return { ...NO_NEEDS, acts: [id], idle: 1 }
}

export function needsOfAbout(_body: RecordBody, { about }: RecordDetail): Needs {
  return about === undefined ? NO_NEEDS : needsOfAct(about)
}
