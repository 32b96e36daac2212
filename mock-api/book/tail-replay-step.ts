/** A lost step that is proven and that nobody would make again: an operator's decision or answer, a voucher that a shop was paid for. */

import type { ActivityId, VoucherId } from '../../src/domain/base/ids.ts'
import { earn, takeBack } from '../../src/domain/ledger/earnings.ts'
import { findActivity } from '../../src/domain/ledger/ledger.ts'
import { settleStep } from '../../src/domain/ledger/steps.ts'
import type { Deps } from '../base/deps.ts'
import { areRightsDeclared, draftReport, worldFor } from './decide-reports.ts'
import type { TailRecord } from './tail-check.ts'
import { crossingIn } from './tail-crossing.ts'
import { draft, draftStep, type Writing } from './writing.ts'

/** Ends of vouchers and lots are not among them: they fall due by themselves. */
export async function replayStep(deps: Deps, writing: Writing, record: TailRecord): Promise<void> {
  const { kind } = record.body
  if (kind === 'review.decide') replayDecision(writing, record)
  if (kind === 'voice.answer') replayAnswer(writing, record)
  if (kind === 'voucher.settle') replaySettlement(writing, record)
  if (kind === 'activity.report' || kind === 'activity.correct') await replayReport(deps, writing, record)
}

/** What a provider said stands in the record, signed: it is decided anew, at the clock and by the rules of then. */
async function replayReport(
  deps: Deps,
  writing: Writing,
  { body, detail: { report, about } }: TailRecord,
): Promise<void> {
  if (!report) return
  const isReport = body.kind === 'activity.report'
  const each = {
    facts: report,
    kind: isReport ? ('reported' as const) : ('corrected' as const),
    activityId: isReport ? body.id : (about ?? ''),
  }
  const hasRights = areRightsDeclared(await deps.providers.all(), report, body.at)
  draftReport(writing, { each, hasRights }, worldFor(deps, writing, body.at), { provenAt: body.at })
}

/** What a person granted counts, whatever it would come to now. */
function replayDecision(writing: Writing, { body, detail }: TailRecord): void {
  const { ledger } = writing
  const activity = findActivity(ledger, (detail.about ?? '') as ActivityId)
  const { assessment } = detail
  if (!activity || activity.outcome === 'withdrawn' || !assessment) return
  const isPosted = body.outcome === 'accepted' || body.outcome === 'adjusted'
  const grams = (isPosted ? assessment.rewardGrams : 0) - activity.grams
  const points = (isPosted ? assessment.points : 0) - activity.points
  draft(writing, {
    by: 'operator',
    id: body.id,
    kind: body.kind,
    outcome: body.outcome,
    transfers: [
      ...earn(ledger, { grams: Math.max(0, grams), points: Math.max(0, points), now: body.at }),
      ...takeBack(ledger, {
        grams: Math.max(0, -grams),
        points: Math.max(0, -points),
        ...(activity.lot === undefined ? {} : { lot: activity.lot }),
      }),
    ],
    detail: { ...detail, provenAt: body.at },
  })
}

function replayAnswer(writing: Writing, { body, detail }: TailRecord): void {
  if (writing.ledger.openVoices?.[detail.about ?? ''] === undefined) return
  const { id, kind, outcome } = body
  draft(writing, {
    by: 'operator',
    id,
    kind,
    outcome,
    transfers: [],
    detail: { ...detail, provenAt: body.at },
  })
}

function replaySettlement(writing: Writing, { body, detail }: TailRecord): void {
  const voucherId = (detail.about ?? '') as VoucherId
  const voucher = writing.ledger.vouchers[voucherId]
  const crossing = crossingIn(writing.account.accountId, body, detail)
  if (!voucher || !crossing) return
  draftStep(writing, settleStep(voucherId, voucher), { told: { ...detail, provenAt: body.at }, crossing })
}
