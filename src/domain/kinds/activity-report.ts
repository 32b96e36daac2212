/** An act that a provider reports. How it is decided stands apart (`report-decision.ts`), because the exchange posts acts and decides none. */
import { needsOfActRecord, rememberActivity } from '../ledger/ledger-acts.ts'
import type { StepRules } from './kind.ts'

export const activityReport: StepRules = { needs: needsOfActRecord, post: rememberActivity }
