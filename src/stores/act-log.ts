/** Logging an act into the open ledger and taking it back, for the views that do so: a screen that only shows the ledger does without. */
import { recordActivity } from '../actions/record-activity.ts'
import { undoActivity } from '../actions/undo-activity.ts'
import type { ActivityId, CommandId } from '../domain/base/ids.ts'
import type { ActivityClaim } from '../domain/evidence/activity.ts'
import { useLedgerStore } from './ledger.ts'

export function useActLog() {
  const ledger = useLedgerStore()
  return {
    record: (claim: ActivityClaim): Promise<CommandId> => ledger.act((c) => recordActivity(c, claim)),
    undo: (id: ActivityId) => ledger.act((c) => undoActivity(c, id)),
  }
}
