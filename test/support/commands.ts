/** Commands as a device would make them. */

import type { ActivityId, CommandId, OfferId, VoucherId } from '../../src/domain/base/ids.ts'
import { HOUR_MS } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import type { HelperId } from '../../src/domain/ledger/helping.ts'
import type { EntryId } from '../../src/domain/offers/draw.ts'
import type { PhotoRef } from '../../src/domain/taking-part/voice.ts'
import type { Backend } from './backend.ts'
import { uuidFrom } from './ids.ts'

export function newCommandId(backend: Backend): CommandId {
  return uuidFrom(backend.random) as CommandId
}

/** 光盘: 72 points when self-declared, three times a day. */
export function cleanPlate(
  backend: Backend,
  claim: Partial<ActivityClaim> = {},
): CommandOf<'activity.record'> {
  const at = backend.now()
  return {
    id: newCommandId(backend),
    kind: 'activity.record',
    at,
    body: {
      code: 'clean-plate',
      city: 'jinan',
      startedAt: at - HOUR_MS,
      quantity: { value: 1, unit: 'count' },
      evidence: { trust: 'manual' },
      ...claim,
    },
  }
}

export function redeem(
  backend: Backend,
  offer: { id: string; version?: number; points: number },
): CommandOf<'voucher.redeem'> {
  const body = { offerId: offer.id as OfferId, offerVersion: offer.version ?? 1, pricePoints: offer.points }
  return { id: newCommandId(backend), kind: 'voucher.redeem', at: backend.now(), body }
}

export function cancel(backend: Backend, voucherId: VoucherId): CommandOf<'voucher.cancel'> {
  return { id: newCommandId(backend), kind: 'voucher.cancel', at: backend.now(), body: { voucherId } }
}

export function accept(
  backend: Backend,
  token: string,
  acceptedAt = backend.now(),
): CommandOf<'voucher.accept'> {
  return { id: newCommandId(backend), kind: 'voucher.accept', at: acceptedAt, body: { token, acceptedAt } }
}

export function withdraw(backend: Backend, activityId: ActivityId): CommandOf<'activity.withdraw'> {
  return { id: newCommandId(backend), kind: 'activity.withdraw', at: backend.now(), body: { activityId } }
}

export function appeal(
  backend: Backend,
  activityId: ActivityId,
  note = '请再看一次',
  photo?: PhotoRef,
): CommandOf<'activity.appeal'> {
  const body = { activityId, note, ...(photo ? { photo } : {}) }
  return { id: newCommandId(backend), kind: 'activity.appeal', at: backend.now(), body }
}

/** The first option of a question is its right answer. */
export function answer(backend: Backend, questionId: string, choice = 0): CommandOf<'quiz.answer'> {
  const body = { questionId, choice }
  return { id: newCommandId(backend), kind: 'quiz.answer', at: backend.now(), body }
}

export function checkIn(
  backend: Backend,
  occurrenceId: string,
  code: string,
  at = backend.now(),
): CommandOf<'event.check-in'> {
  return { id: newCommandId(backend), kind: 'event.check-in', at, body: { occurrenceId, code } }
}

export function feedback(
  backend: Backend,
  given: Partial<CommandOf<'feedback.send'>['body']> = {},
): CommandOf<'feedback.send'> {
  const body = { city: 'weifang', topic: 'idea', text: '多种树', ...given } as const
  return { id: newCommandId(backend), kind: 'feedback.send', at: backend.now(), body }
}

export function nominate(
  backend: Backend,
  given: Partial<CommandOf<'case.nominate'>['body']> = {},
): CommandOf<'case.nominate'> {
  const body = { city: 'weifang', title: '屋顶菜园', text: '小区的屋顶种了菜', ...given } as const
  return { id: newCommandId(backend), kind: 'case.nominate', at: backend.now(), body }
}

export function invite(backend: Backend, name: string): CommandOf<'helper.invite'> {
  return { id: newCommandId(backend), kind: 'helper.invite', at: backend.now(), body: { name } }
}

export function revokeHelper(backend: Backend, helperId: HelperId): CommandOf<'helper.revoke'> {
  return { id: newCommandId(backend), kind: 'helper.revoke', at: backend.now(), body: { helperId } }
}

export function enterDraw(
  backend: Backend,
  offer: { id: string; version: number; pricePoints: number },
): CommandOf<'draw.enter'> {
  const { id, version: offerVersion, pricePoints } = offer
  const body = { offerId: id as OfferId, offerVersion, pricePoints }
  return { id: newCommandId(backend), kind: 'draw.enter', at: backend.now(), body }
}

export function leaveDraw(backend: Backend, entryId: EntryId): CommandOf<'draw.leave'> {
  return { id: newCommandId(backend), kind: 'draw.leave', at: backend.now(), body: { entryId } }
}
