/** What a record of each kind writes beside itself, in the transaction that appends it: rows of the same account, by which others find it. */

import type { AccountId } from '../../src/domain/base/ids.ts'
import { providerOf } from '../../src/domain/ledger/consent.ts'
import { askedIn, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { Kind, RecordDetail } from '../../src/domain/ledger/record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { effectOf } from '../../src/domain/methodology/effect.ts'
import { endConsent, insertConsent, readConsents } from '../storage/consents.ts'
import { insertCrossing } from '../storage/crossings.ts'
import type { Queryable } from '../storage/db.ts'
import { closeDispute, openDispute } from '../storage/disputes.ts'
import { dropHelper } from '../storage/helping.ts'
import { callOffPickup, insertPickup } from '../storage/pickups.ts'
import { closeReview, noteWithdrawn, openReview } from '../storage/reviews.ts'
import { insertSettlement, readCrossing } from '../storage/settlements-of-before.ts'
import { giveBackSignUp, insertSignUp, tellSignUp } from '../storage/sign-ups.ts'
import { insertReturn } from '../storage/stock-returns.ts'
import { insertVoice, writeVoiceState } from '../storage/voices.ts'
import { insertVoucherEnd } from '../storage/voucher-ends.ts'
import { writeOffice } from './office-beside.ts'
import type { Draft } from './writing.ts'

/** Not asked for what was refused. */
type Beside = (tx: Queryable, made: Draft) => Promise<void>

const nothing: Beside = async () => {}

const BESIDE = {
  'account.open': nothing,
  'activity.record': opensReview,
  'activity.withdraw': async (tx, made) => {
    if (made.about !== undefined) await noteWithdrawn(tx, reviewOf(made, made.about))
  },
  'activity.appeal': opensAppeal,
  'activity.report': opensReview,
  'activity.correct': closesTakenBack,
  'review.decide': async (tx, made) => {
    if (made.about !== undefined) await closeReview(tx, reviewOf(made, made.about))
  },
  // A donation's: what is held for a shop crosses when it is settled.
  'voucher.redeem': opensCrossing,
  'voucher.cancel': notesEnd,
  'voucher.expire': nothing,
  'voucher.return': async (tx, made) => {
    await notesReturn(tx, made)
    await notesEnd(tx, made)
  },
  'voucher.settle': opensCrossing,
  'voucher.accept': async (tx, { row, about }) => {
    const { accountId, commandId: recordId, postedAt } = row
    if (about !== undefined) await insertVoucherEnd(tx, { accountId, voucherId: about, recordId }, postedAt)
  },
  'voucher.refund': opensCrossing,
  'voucher.refunded': notesReturn,
  'voucher.dispute': opensDispute,
  'dispute.decide': closesDispute,
  'donation.receive': nothing,
  'statement.close': nothing,
  'payout.send': opensCrossing,
  'payout.receive': nothing,
  'lot.expire': nothing,
  'quiz.answer': nothing,
  'event.check-in': nothing,
  'feedback.send': async (tx, made) => keepsVoice(tx, made, 'feedback.send'),
  'case.nominate': async (tx, made) => keepsVoice(tx, made, 'case.nominate'),
  'consent.give': keepsConsent,
  'consent.withdraw': async (tx, { row, about }) => {
    if (about !== undefined)
      await endConsent(tx, { accountId: row.accountId, consentId: about, at: row.postedAt })
  },
  'helper.invite': nothing,
  'helper.revoke': async (tx, { row, about = '' }) => dropHelper(tx, row.accountId, about),
  'voice.answer': answersVoice,
  'pickup.book': keepsPickup,
  'pickup.cancel': async (tx, { row, about }) => {
    if (about === undefined) return
    const { accountId, commandId: noticeId, postedAt: at } = row
    await callOffPickup(tx, { accountId, pickupId: about, noticeId, at })
  },
  'pickup.update': nothing,
  'planting.join': keepsSignUp,
  'planting.leave': async (tx, made) => {
    const { row, about: joinId } = made
    if (joinId === undefined) return
    const { accountId, commandId: noticeId, postedAt: at } = row
    await giveBackSignUp(tx, { accountId, joinId, noticeId, at })
    await notesReturn(tx, made)
  },
  'planting.update': tellsSignUp,
  // The entry's own row is claimed before, and settled after.
  'draw.enter': nothing,
  'draw.leave': nothing,
  'draw.won': nothing,
  'draw.lost': nothing,
} as const satisfies Readonly<Record<Kind, Beside>>

/** False: nothing is written but the record. */
export function hasBeside({ row, kind, office }: Draft): boolean {
  if (row.outcome === 'refused') return false
  if (office) return true
  if (!isKind(kind) || BESIDE[kind] === nothing) return false
  return BESIDE[kind] !== opensReview || row.outcome === 'review'
}

export async function writeBeside(tx: Queryable, made: Draft): Promise<void> {
  if (!hasBeside(made)) return
  if (made.office) return writeOffice(tx, made.office)
  // A tail that is handed in may hold kinds that only a newer backend knows.
  if (isKind(made.kind)) await BESIDE[made.kind](tx, made)
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(BESIDE, kind)
}

async function opensReview(tx: Queryable, { row }: Draft): Promise<void> {
  if (row.outcome !== 'review') return
  const { accountId, commandId: activityId, postedAt: at } = row
  await openReview(tx, { accountId, activityId, cause: causeOf(openDetail(row.detail)), at })
}

/** What a provider takes back, nobody has to look at any more. */
async function closesTakenBack(tx: Queryable, made: Draft): Promise<void> {
  if (made.about !== undefined && made.row.outcome === 'rejected')
    await closeReview(tx, reviewOf(made, made.about))
}

/** The first reason that made it one to look at. */
function causeOf({ reasons = [] }: RecordDetail = {}): string {
  return reasons.find((reason) => effectOf(reason) === 'review')?.code ?? 'other'
}

async function opensAppeal(tx: Queryable, made: Draft): Promise<void> {
  if (made.about === undefined) return
  const { note = '', photo } = askedIn('activity.appeal', openDetail(made.row.detail)) ?? {}
  // Its journal keeps every character; a column of PostgreSQL cannot hold this one.
  const appeal = note.replaceAll('\u0000', '')
  const asked = { cause: 'appealed', appeal, ...(photo ? { photo } : {}) }
  await openReview(tx, { ...reviewOf(made, made.about), ...asked })
}

function reviewOf({ row }: Draft, activityId: string) {
  return { accountId: row.accountId, activityId, at: row.postedAt }
}

/** Its route is laid after the transaction. */
async function keepsConsent(tx: Queryable, { row }: Draft): Promise<void> {
  const given = askedIn('consent.give', openDetail(row.detail))
  if (!given) return
  const { accountId, commandId: consentId, postedAt: changedAt } = row
  const { scope, handle } = given
  await insertConsent(tx, { accountId, consentId, providerId: providerOf(scope), handle, changedAt })
}

/** The follower gets their step, or their own command, after the transaction. */
async function opensCrossing(tx: Queryable, { crossing }: Draft): Promise<void> {
  if (!crossing) return
  await insertCrossing(tx, crossing)
  await insertSettlement(tx, crossing)
}

/** The state that it was decided upon knew the settlement; whom it went to, the settlement's own row says. */
async function opensDispute(tx: Queryable, { row, about: voucherId }: Draft): Promise<void> {
  if (voucherId === undefined) return
  const { accountId, postedAt: openedAt } = row
  const settled = await readCrossing(tx, { accountId, crossingId: settleIdOf(voucherId) })
  if (!settled?.followerId || !settled.followerRecord) return
  const { note = '' } = askedIn('voucher.dispute', openDetail(row.detail)) ?? {}
  await openDispute(tx, {
    accountId,
    voucherId,
    branchId: settled.followerId,
    acceptanceId: settled.followerRecord,
    // Its journal keeps every character; a column of PostgreSQL cannot hold this one.
    note: note.replaceAll('\u0000', ''),
    openedAt,
  })
}

async function closesDispute(tx: Queryable, { row, about: voucherId }: Draft): Promise<void> {
  const verdict = openDetail(row.detail)?.verdict
  if (voucherId === undefined || verdict === undefined) return
  const { accountId, postedAt: at } = row
  await closeDispute(tx, { accountId, voucherId }, { verdict, at })
}

/** The piece goes back to its offer after the transaction. */
async function notesReturn(tx: Queryable, { row, about, stockReturn }: Draft): Promise<void> {
  if (about === undefined) return
  const unknown = { accountId: row.accountId, voucherId: about, offerId: null }
  await insertReturn(tx, stockReturn ?? unknown, row.postedAt)
}

/** The merchant's list is told after the transaction. */
async function notesEnd(tx: Queryable, { row, about }: Draft): Promise<void> {
  if (about === undefined) return
  await insertVoucherEnd(tx, { accountId: row.accountId, voucherId: about, recordId: about }, row.postedAt)
}

async function keepsVoice(
  tx: Queryable,
  { row }: Draft,
  kind: 'feedback.send' | 'case.nominate',
): Promise<void> {
  const body = askedIn(kind, openDetail(row.detail))
  if (!body) return
  const photo = 'photo' in body && body.photo ? { photo: body.photo } : {}
  const { accountId, commandId: voiceId, postedAt: sentAt } = row
  await insertVoice(tx, { accountId, voiceId, kind, sentAt, city: body.city, ...photo })
}

/** By the handle of the consent that stands: the service knows the person by no other name. */
async function keepsPickup(tx: Queryable, { row }: Draft): Promise<void> {
  const body = askedIn('pickup.book', openDetail(row.detail))
  if (!body) return
  const { accountId, commandId: pickupId, postedAt: changedAt } = row
  const consent = await consentWith(tx, accountId, body.provider)
  if (!consent) return
  const { providerId, handle } = consent
  await insertPickup(tx, { accountId, pickupId, providerId, handle, changedAt })
}

/** Likewise. */
async function keepsSignUp(tx: Queryable, { row }: Draft): Promise<void> {
  const detail = openDetail(row.detail)
  const body = askedIn('planting.join', detail)
  if (!body) return
  const { accountId, commandId: joinId, postedAt: changedAt } = row
  const consent = await consentWith(tx, accountId, body.provider)
  if (!consent) return
  const { providerId, handle } = consent
  const toldRevision = detail?.planting?.revision ?? 0
  await insertSignUp(tx, {
    ...{ accountId, joinId, dayId: body.dayId, providerId, handle, toldRevision, changedAt },
  })
}

async function consentWith(tx: Queryable, accountId: AccountId, provider: string) {
  const consents = await readConsents(tx, accountId)
  return consents.findLast((each) => each.providerId === provider && each.endedAt === null)
}

async function tellsSignUp(tx: Queryable, { row, about: joinId }: Draft): Promise<void> {
  const { planting, plantingNews } = openDetail(row.detail) ?? {}
  if (joinId === undefined) return
  const told = { revision: planting?.revision ?? 0, isOver: plantingNews !== 'changed' }
  await tellSignUp(tx, { accountId: row.accountId, joinId }, told)
}

async function answersVoice(tx: Queryable, { row, about }: Draft): Promise<void> {
  const state = openDetail(row.detail)?.voiceState
  if (about === undefined || state === undefined) return
  await writeVoiceState(tx, { accountId: row.accountId, voiceId: about, state, at: row.postedAt })
}
