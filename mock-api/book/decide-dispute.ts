/**
 * An operator decides on what a holder said against the use of their voucher: a record in the holder's journal. What is upheld, the shop gives
 * back: its journal says so next, unless it had by itself, and the points follow from there.
 */

import { disputeDecisionId } from '../../src/domain/kinds/dispute-decide.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import type { DisputeVerdict } from '../../src/domain/offers/dispute.ts'
import type { Deps } from '../base/deps.ts'
import {
  type DisputeKey,
  type DisputeRow,
  finishDispute,
  readDispute,
  readDueRefunds,
} from '../storage/disputes.ts'
import { readRecordOf } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { bearRefund } from './bear-refund.ts'
import { each } from './each.ts'
import { BookError, isFault } from './errors.ts'
import { followSteps } from './follow.ts'
import { isRefunded, readAcceptance, refundOf } from './refund.ts'
import { draft } from './writing.ts'

/** A sweep is a short piece of work between requests; what is left waits for the next. */
const REFUNDS_PER_SWEEP = 100

/** What holds; of one that was upheld, who gives back: the shop, or the sponsor where the branch is gone. */
export interface DecidedDispute {
  readonly verdict: DisputeVerdict
  readonly bearer?: 'shop' | 'sponsor'
}

/**
 * Of one that is decided, the first decision. `act`: of the office's record by which an operator decides. Throws `nothing_waits` where nobody
 * disputed anything.
 */
export async function decideDispute(
  deps: Deps,
  key: DisputeKey,
  { verdict, note, act }: { readonly verdict: DisputeVerdict; readonly note: string; readonly act?: string },
): Promise<DecidedDispute> {
  const { accountId, voucherId } = key
  const held = await changeAccount(deps, accountId, async (writing) => {
    const dispute = await readDispute(deps.db, key)
    if (!dispute) throw new BookError('nothing_waits')
    if (dispute.state !== 'open') return dispute.state
    draft(writing, {
      by: 'operator',
      act,
      id: disputeDecisionId(voucherId),
      kind: 'dispute.decide',
      outcome: 'accepted',
      transfers: [],
      detail: { about: voucherId, verdict, note },
    })
    return verdict
  })
  const decided = await readDispute(deps.db, key)
  // The verdict stands already; what fails here, the sweeper does.
  if (decided?.refund === 'due') await giveBackDisputed(deps, decided).catch(() => undefined)
  if (held !== 'upheld') return { verdict: held }
  const { refund } = (await readDispute(deps.db, key)) ?? {}
  return { verdict: held, bearer: refund === 'gone' ? 'sponsor' : 'shop' }
}

export async function sweepDisputes(deps: Deps): Promise<void> {
  await each(deps, await readDueRefunds(deps.db, REFUNDS_PER_SWEEP), (row) => giveBackDisputed(deps, row))
}

/** The office's record by which the dispute was decided. */
async function actOf({ db }: Deps, { accountId, voucherId }: DisputeKey): Promise<string | undefined> {
  return openDetail((await readRecordOf(db, accountId, disputeDecisionId(voucherId)))?.detail)?.by?.act
}

/** The branch may have forgotten its acceptance with a restored backup: then it waits until it is known again. */
async function giveBackDisputed(deps: Deps, dispute: DisputeRow): Promise<void> {
  const { branchId, voucherId, acceptanceId } = dispute
  const act = await actOf(deps, dispute)
  try {
    const given = await changeAccount(deps, branchId, async (writing) => {
      if (await isRefunded(deps, writing, voucherId)) return { isDone: true }
      const acceptance = await readAcceptance(deps, writing, acceptanceId)
      if (!acceptance) return { isDone: false }
      const id = `voucher.refund:${voucherId}`
      const { decision, detail, crossing } = refundOf(writing, acceptance.refund, { id, acceptanceId })
      draft(writing, {
        by: 'operator',
        act,
        id,
        kind: 'voucher.refund',
        outcome: decision.outcome,
        transfers: decision.transfers,
        detail: { about: acceptanceId, ...detail },
        crossing,
      })
      return { isDone: true, crossing }
    })
    if (given.isDone) await finishDispute(deps.db, dispute, 'done')
    if (given.crossing) await followSteps(deps, [given.crossing])
  } catch (error) {
    if (!isFault(error, 'account_deleted')) throw error
    if (await bearRefund(deps, dispute, act)) await finishDispute(deps.db, dispute, 'gone')
  }
}
