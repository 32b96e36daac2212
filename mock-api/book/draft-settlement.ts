/** The holder's side of a settlement, and the crossing to the shop beside it: both are written in one transaction, or neither. */
import type { Step } from '../../src/domain/ledger/step.ts'
import type { Follower } from '../storage/crossings.ts'
import { draftStep, type Writing } from './writing.ts'

/** `text`: the shop's command, which is to become its record; null when that record is there already. */
export function draftSettlement(
  writing: Writing,
  step: Step,
  { followerId, followerRecord, text }: Follower & { readonly text: string | null },
): void {
  draftStep(writing, step, {
    told: { settled: { account: followerId, command: followerRecord } },
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
