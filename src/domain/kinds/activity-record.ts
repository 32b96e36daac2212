/** An act. How it is decided stands apart (`activity-decision.ts`), because the exchange posts acts and decides none. */
import { rememberActivity, rememberedOn } from '../ledger/ledger-acts.ts'
import { NO_NEEDS } from '../ledger/needs.ts'
import type { CommandRules } from './kind.ts'

export const activityRecord: CommandRules = {
  owner: 'anybody',
  needs(_body, detail) {
    const day = rememberedOn(detail)
    return day === undefined ? NO_NEEDS : { ...NO_NEEDS, days: [day], idle: 1 }
  },
  post: rememberActivity,
}
