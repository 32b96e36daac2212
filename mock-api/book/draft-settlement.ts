/** The holder's side of a settlement, and the crossing to the shop beside it: both are written in one transaction, or neither. */
import type { Instant } from '../../src/domain/base/time.ts'
import type { Step } from '../../src/domain/ledger/step.ts'
import type { Follower } from '../storage/crossings.ts'
import { draftStep, type Writing } from './writing.ts'

/** `text`: the shop's command, which is to become its record; null when that record is there already. `taken`: when, and at which till. */
export function draftSettlement(
  writing: Writing,
  step: Step,
  shop: Follower & {
    readonly text: string | null
    readonly taken?: { readonly at: Instant; readonly till?: string }
  },
): void {
  const { followerId, followerRecord, text, taken } = shop
  draftStep(writing, step, {
    told: { settled: { account: followerId, command: followerRecord, ...taken } },
    crossing: {
      accountId: writing.account.accountId,
      crossingId: step.id,
      kind: 'settle',
      followerId,
      followerRecord,
      step: text,
      state: text === null ? 'done' : 'open',
      reason: null,
      at: writing.at,
    },
  })
}
