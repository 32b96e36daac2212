/**
 * A lost step that is proven and that nobody would make again: an operator's decision or answer, a voucher that a shop was paid for, its money, a
 * provider's report.
 */

import type { ActivityId, VoucherId } from '../../src/domain/base/ids.ts'
import { lostStep } from '../../src/domain/kinds/draw-lost.ts'
import { moveTo } from '../../src/domain/ledger/earnings.ts'
import { findActivity, isCounted, type PostedActivity } from '../../src/domain/ledger/ledger.ts'
import type { Ledger } from '../../src/domain/ledger/ledger-state.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { idsOf } from '../../src/domain/ledger/rivals.ts'
import { settleStep } from '../../src/domain/ledger/steps.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import type { EntryId } from '../../src/domain/offers/draw.ts'
import type { Deps } from '../base/deps.ts'
import { readRecordOf } from '../storage/records.ts'
import { isContradicted } from './awaited.ts'
import { draftCorrection, draftReport } from './draft-report.ts'
import { draftDonation, draftPayout, draftRefunded } from './give-step.ts'
import { fenInto } from './pay-out.ts'
import { draftPickup } from './post-pickups.ts'
import { isRefunded, refundOf } from './refund.ts'
import { draftPlantingNews } from './sign-ups.ts'
import { actingIn, decidedAt, type TailRecord } from './tail-check.ts'
import { crossingIn } from './tail-crossing.ts'
import { draft, draftStep, type Writing } from './writing.ts'

/** Ends of vouchers and lots are not among them: they fall due by themselves. */
export async function replayStep(deps: Deps, writing: Writing, record: TailRecord): Promise<void> {
  const { kind } = record.body
  if (kind === 'activity.report') await replayReport(deps, writing, record)
  if (kind === 'activity.correct') await replayCorrection(deps, writing, record)
  if (kind === 'review.decide') replayDecision(writing, record)
  if (kind === 'voice.answer') replayAnswer(writing, record)
  if (kind === 'voucher.settle') await replaySettlement(deps, writing, record)
  if (kind === 'pickup.update') replayPickup(writing, record)
  if (kind === 'planting.update') replayPlantingNews(writing, record)
  if (kind === 'voucher.refunded') await replayRefunded(deps, writing, record)
  if (kind === 'voucher.refund') await replayRefund(deps, writing, record)
  if (kind === 'dispute.decide') replayVerdict(writing, record)
  if (kind === 'donation.receive') replayDonation(writing, record)
  if (kind === 'statement.close') replayStatement(writing, record)
  if (kind === 'payout.receive') await replayPayout(deps, writing, record)
  if (kind === 'draw.won' || kind === 'draw.lost') replayDrawn(writing, record)
}

/** What a person granted counts, whatever it would come to now. */
function replayDecision(writing: Writing, record: TailRecord): void {
  const { body, detail } = record
  const { ledger } = writing
  const provenAt = decidedAt(record)
  const activity = findActivity(ledger, (detail.about ?? '') as ActivityId)
  const { assessment } = detail
  if (!activity || activity.outcome === 'withdrawn' || !assessment) return
  const { rewardGrams: grams, points } = isCounted(body) ? assessment : { rewardGrams: 0, points: 0 }
  const supersedes = countedOf(ledger, detail.supersedes)
  const displaces = countedOf(ledger, detail.displaces)
  draft(writing, {
    ...actingIn(detail, 'operator'),
    id: body.id,
    kind: body.kind,
    outcome: body.outcome,
    transfers: moveTo(ledger, [activity, ...supersedes, ...displaces], { grams, points, now: provenAt }),
    detail: { ...withoutRivals(detail), ...idsOf({ supersedes, displaces }), provenAt },
  })
}

/** Of the acts that gave way then, those that count in this history. */
function countedOf(ledger: Ledger, ids: readonly string[] = []): PostedActivity[] {
  return ids.flatMap((id) => {
    const act = findActivity(ledger, id as ActivityId)
    return act && isCounted(act) ? [act] : []
  })
}

function withoutRivals({ supersedes: _, displaces: __, ...detail }: RecordDetail): RecordDetail {
  return detail
}

/** Its token was checked when it came: it is decided anew from it, as of then, upon what stands here. */
async function replayReport(deps: Deps, writing: Writing, record: TailRecord): Promise<void> {
  const { body, detail } = record
  const { report } = detail
  if (!report?.claim) return
  const { claim, ...facts } = report
  await draftReport(deps, writing, {
    id: body.id,
    provenAt: decidedAt(record),
    report: { ...facts, claim, hasRights: hadRights(detail) },
  })
}

async function replayCorrection(deps: Deps, writing: Writing, record: TailRecord): Promise<void> {
  const { body, detail } = record
  const { report, about } = detail
  if (!report || about === undefined) return
  const correction = { ...report, activityId: about as ActivityId, hasRights: hadRights(detail) }
  await draftCorrection(deps, writing, { id: body.id, provenAt: decidedAt(record), correction })
}

function hadRights({ reasons = [] }: RecordDetail): boolean {
  return reasons.every(({ code }) => code !== 'rights_missing')
}

function replayAnswer(writing: Writing, record: TailRecord): void {
  const { body, detail } = record
  if (writing.ledger.openVoices?.[detail.about ?? ''] === undefined) return
  const { id, kind, outcome } = body
  draft(writing, {
    ...actingIn(detail, 'operator'),
    id,
    kind,
    outcome,
    transfers: [],
    detail: { ...detail, provenAt: decidedAt(record) },
  })
}

/** Not where a shop's journal of another time has come back by now: then who waits for the voucher settles it, with the acceptance that was paid. */
async function replaySettlement(deps: Deps, writing: Writing, record: TailRecord): Promise<void> {
  const { body, detail } = record
  const voucherId = (detail.about ?? '') as VoucherId
  if (await isContradicted(deps, writing.account.accountId, [record])) return
  const voucher = writing.ledger.vouchers[voucherId]
  const crossing = crossingIn(writing.account.accountId, body, detail)
  if (!voucher || !crossing) return
  draftStep(writing, settleStep(voucherId, voucher), {
    told: { ...detail, provenAt: decidedAt(record) },
    crossing,
  })
}

function replayPickup(writing: Writing, record: TailRecord): void {
  const { about: pickup, pickupState: state, statement } = record.detail
  if (pickup === undefined || state === undefined || !statement) return
  draftPickup(writing, { pickup, state, statement }, { provenAt: decidedAt(record) })
}

/** Who came follows from the report. */
function replayPlantingNews(writing: Writing, record: TailRecord): void {
  const { about: joinId, plantingNews, planting, statement } = record.detail
  const provider = planting?.provider ?? statement?.provider
  if (joinId === undefined || plantingNews === undefined || provider === undefined) return
  const told = {
    plantingNews,
    ...(planting ? { planting } : {}),
    ...(statement ? { statement } : {}),
    provenAt: decidedAt(record),
  }
  draftPlantingNews(writing, { provider, joinId, told })
}

/** The shop gave back, and it came here. */
async function replayRefunded(deps: Deps, writing: Writing, record: TailRecord): Promise<void> {
  const { about: voucherId, refunded } = record.detail
  if (voucherId !== undefined && refunded)
    await draftRefunded(deps, writing, { voucherId, ...refunded }, { provenAt: decidedAt(record) })
}

/** What an operator upheld against the shop, unless it has given back since. */
async function replayRefund(deps: Deps, writing: Writing, record: TailRecord): Promise<void> {
  const { body, detail } = record
  const { refund, about: acceptanceId } = detail
  if (!refund || acceptanceId === undefined || (await isRefunded(deps, writing, refund.voucherId))) return
  const { id, kind } = body
  const { decision, crossing } = refundOf(writing, refund, { id, acceptanceId })
  const { outcome, transfers } = decision
  draft(writing, {
    ...actingIn(detail, 'operator'),
    id,
    kind,
    outcome,
    transfers,
    detail: { about: acceptanceId, refund, provenAt: decidedAt(record) },
    crossing,
  })
}

function replayVerdict(writing: Writing, record: TailRecord): void {
  const { id, kind, outcome } = record.body
  const detail = { ...record.detail, provenAt: decidedAt(record) }
  draft(writing, { ...actingIn(detail, 'operator'), id, kind, outcome, transfers: [], detail })
}

function replayDonation(writing: Writing, record: TailRecord): void {
  const { donation } = record.detail
  if (donation) draftDonation(writing, donation, { provenAt: decidedAt(record) })
}

/** As far as there is as much by now: what it stated may have been paid. */
function replayStatement(writing: Writing, record: TailRecord): void {
  const { statementOf } = record.detail
  if (!statementOf) return
  const { id, kind, transfers: stated } = record.body
  const { balances } = writing.ledger
  let available = balanceOf(balances, 'fen', 'available')
  let owed = -balanceOf(balances, 'fen', 'owed')
  const transfers = stated.flatMap((transfer) => {
    const limit = transfer.credit === 'owed' ? Math.min(available, owed) : available
    const amount = Math.min(transfer.amount, limit)
    available -= amount
    if (transfer.credit === 'owed') owed -= amount
    return amount > 0 ? [{ ...transfer, amount }] : []
  })
  draftStep(
    writing,
    { id, kind: kind as 'statement.close', transfers, statementOf },
    { told: { provenAt: decidedAt(record) } },
  )
}

/** The bank has paid it, whatever the statement says in this history: what it says too little is owed. */
async function replayPayout(deps: Deps, writing: Writing, record: TailRecord): Promise<void> {
  const { about: statement } = record.detail
  const fen = fenInto('paid', record.link.body)
  if (statement === undefined || fen === 0) return
  const drafted = writing.drafts.find(({ row }) => row.commandId === statement)?.row
  const row = drafted ?? (await readRecordOf(deps.db, writing.account.accountId, statement))
  const stated = row ? fenInto('held', row.body) : 0
  const held = Math.min(stated, balanceOf(writing.ledger.balances, 'fen', 'held'))
  const owed = Math.max(0, fen - held)
  draftPayout(writing, { statement, fen, owed }, { provenAt: decidedAt(record) })
}

/** How it came out then: the voucher keeps its number and its token. */
function replayDrawn(writing: Writing, record: TailRecord): void {
  const { body, detail } = record
  const entryId = (detail.about ?? '') as EntryId
  const entry = writing.ledger.entries?.[entryId]
  if (!entry) return
  const { id, kind, outcome } = body
  const told = { ...detail, provenAt: decidedAt(record) }
  if (kind === 'draw.lost') {
    const step = lostStep(entryId, entry, { ledger: writing.ledger, now: writing.at })
    draftStep(writing, step, { told: { ...told, ...(step.prolonged ? { prolonged: step.prolonged } : {}) } })
  } else draft(writing, { by: 'step', id, kind, outcome, transfers: [], detail: told })
}
