/** An act. How it is decided stands apart (`activity-decision.ts`), because the exchange posts acts and decides none. */
import { needsOfActRecord, rememberActivity } from '../ledger/ledger-acts.ts'
import type { CommandRules } from './kind.ts'

export const activityRecord: CommandRules = {
  owner: 'anybody',
  needs: needsOfActRecord,
  post: rememberActivity,
}
