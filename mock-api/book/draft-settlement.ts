/** The holder's side of a settlement, and the crossing to the shop beside it: both are written in one transaction, or neither. */
import type { Instant } from '../../src/domain/base/time.ts'
import type { Step } from '../../src/domain/ledger/step.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Follower } from '../storage/crossings.ts'
import type { Sender } from '../verify/findings.ts'
import { draftStep, type Writing } from './writing.ts'

/** Who is to follow it as whom: what the sweeper needs where a crash came between the two journals. */
export type SentBy = { readonly at: Instant } & Pick<Sender, 'till'>

/** `text`: the shop's command, which is to become its record; null when that record is there already. `taken`: when, and at which till. */
export function draftSettlement(
  writing: Writing,
  step: Step,
  shop: Follower & {
    readonly text: string | null
    readonly taken?: SentBy
  },
): void {
  const { followerId, followerRecord, text, taken } = shop
  draftStep(writing, step, {
    told: { settled: { account: followerId, command: followerRecord, ...(taken ? toldOf(taken) : {}) } },
    crossing: {
      accountId: writing.account.accountId,
      crossingId: step.id,
      kind: 'settle',
      followerId,
      followerRecord,
      step: text,
      sent: taken ? canonicalJson(taken) : null,
      state: text === null ? 'done' : 'open',
      reason: null,
      at: writing.at,
    },
  })
}

/** The holder is told when, and what the till is called. */
function toldOf({ at, till }: SentBy): { at: Instant; till?: string } {
  return { at, ...(till ? { till: till.name } : {}) }
}
