/** A person's weeks that a backup has missed: acts, an appeal that was granted, an event, a purchase, a refusal, a word to the city. */

import { sha256Hex } from '../../mock-api/base/hash.ts'
import { answerVoice } from '../../mock-api/book/answer-voice.ts'
import { decideReview } from '../../mock-api/book/decide-review.ts'
import { answerQuestion } from '../../src/actions/answer-question.ts'
import { appealActivity } from '../../src/actions/appeal-activity.ts'
import { checkIn } from '../../src/actions/check-in.ts'
import { nominateCase } from '../../src/actions/nominate-case.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { sendFeedback } from '../../src/actions/send-feedback.ts'
import type { AccountId, ActivityId, CommandId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import type { Phones } from '../actions/phones.ts'
import { announceEvent } from '../simulation/take-part.ts'
import type { Backend } from '../support/backend.ts'
import { claim, trackedRide } from '../support/builders.ts'
import type { Phone } from '../support/phone.ts'
import { newOffer } from '../support/shop.ts'
import { readLedger } from '../support/whole-ledger.ts'

export interface Life {
  readonly voucherId: VoucherId
  readonly token: string
  /** A ride that is 44 days old when it is posted, and older than any is taken at the end. */
  readonly oldRide: CommandId
  readonly granted: CommandId
  readonly refused: CommandId
  readonly feedback: CommandId
}

/** Ends three days later, with all of it synced. */
export async function live(backend: Backend, phone: Phone): Promise<Life> {
  const { context } = phone.use()
  const accountId = phone.profile.ledgerId as AccountId
  const now = backend.now()
  await announceEvent(backend)
  const oldRide = await recordActivity(context, trackedRide(now - 44 * DAY_MS))
  await recordActivity(context, movedRide(now - DAY_MS))
  const granted = await recordActivity(context, claim({ startedAt: now - 50 * DAY_MS }))
  await recordActivity(context, claim({ code: 'clean-plate', quantity: { value: 1, unit: 'count' } }))
  await answerQuestion(context, { questionId: [...backend.deps.questionIds][0] ?? '', choice: 0 })
  await checkIn(context, { occurrenceId: 'sample-day', code: 'GREEN7' })
  const feedback = await sendFeedback(context, { city: 'weifang', topic: 'idea', text: '多种树' })
  const bytes = new Uint8Array([0xff, 0xd8, 0xff, 7])
  const photo = { digest: sha256Hex(bytes), type: 'image/jpeg', bytes: 4, base64: '/9j/Bw==' } as const
  await nominateCase(context, { city: 'weifang', title: '菜园', text: '屋顶' }, photo)
  await phone.sync()
  await appealActivity(context, { activityId: granted as ActivityId, note: '手机坏了三周' })
  const refused = await redeemOffer(context, await newOffer(backend, { pricePoints: 90_000 }))
  // Only two pieces: what is bought is the last but one.
  const offer = await newOffer(backend, { pricePoints: 50 }, { total: 2 })
  const voucherId = await redeemOffer(context, offer)
  await phone.sync()
  await decideReview(backend.deps, accountId, {
    activityId: granted as ActivityId,
    verdict: { decision: 'grant', rewardGrams: 80, points: 80, note: '看过了' },
  })
  await answerVoice(backend.deps, accountId, { voiceId: feedback, answer: { state: 'answered', note: '好' } })
  await phone.sync()
  backend.now.advance(3 * DAY_MS + HOUR_MS)
  await phone.sync()
  const voucher = await phone.db.vouchers.get(voucherId)
  if (!voucher) throw new Error('nothing was bought')
  return { voucherId, token: voucher.token ?? '', oldRide, granted, refused, feedback }
}

/** A device at the counter of the sample shop. */
export async function joinShop({ backend, open }: Phones): Promise<Phone> {
  const device = await open()
  await device.joinTill(backend)
  await device.sync()
  return device
}

export async function points(phone: Phone): Promise<{ available: number; held: number }> {
  const { balances } = await readLedger(phone.use().db)
  const of = (account: 'available' | 'held') => balanceOf(balances, 'points', account)
  return { available: of('available'), held: of('held') }
}

/** The rows that stand beside an account's journal, without the times at which they were written. */
/** Whose track says how it moved. */
function movedRide(startedAt: number): ActivityClaim {
  const ride = trackedRide(startedAt)
  const motion = {
    ...{ reachMetres: 3400, strideMetres: 270, hopsPerMille: 0, surges: 0, strayDecimetres: 800 },
    ...{ roundPerMille: 0, repeatsPerMille: 0, landmarks: startedAt.toString(16).slice(-6).padStart(6, '0') },
  }
  return { ...ride, evidence: { ...ride.evidence, motion } as ActivityClaim['evidence'] }
}

export async function besideOf(backend: Backend, accountId: string): Promise<unknown> {
  const rows = (sql: string) => backend.db.query(sql, [accountId])
  return {
    reviews: await rows(
      'select activity_id, state, appeal, opened_at, decided_at from reviews where account_id = $1 order by 1',
    ),
    voices: await rows(
      'select voice_id, kind, city, state, sent_at, answered_at, answers, photo_digest, photo from voices where account_id = $1 order by 1',
    ),
    crossings: await rows(
      'select crossing_id, kind, follower_id, follower_record, state, reason from crossings where account_id = $1 order by 1',
    ),
    bands: await rows(
      'select band_key, activity_id, at from track_bands where account_id = $1 order by 1, 2',
    ),
    claims: await rows('select claim_id, offer_id, state from offer_claims where account_id = $1 order by 1'),
    // Without the ids of commands, which lie there too.
    tracks: await rows(
      'select digest, command_id from evidence_claims where account_id = $1 and digest <> command_id order by 1',
    ),
  }
}

export async function detailOnPhone(phone: Phone, id: string): Promise<RecordDetail | undefined> {
  const row = await phone.use().db.journal.where('id').equals(id).first()
  return row?.detail === undefined ? undefined : (JSON.parse(row.detail) as RecordDetail)
}
