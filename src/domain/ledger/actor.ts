/**
 * Who acts, and what they may ask for. The backend says it from the session and writes it into the record's detail; records from before it
 * did say nothing, and then it is the account's owner, or for what nobody asked for the backend itself.
 */
import type { Command } from './command.ts'
import type { Kind } from './record.ts'

/**
 * `citizen`: the account's owner. `helper`: somebody whom the owner lets log for them. `till`, `manager`: of a shop, at the counter and for all
 * of it. `provider`: reports acts of its customers. `operator`: a person at the desk. `step`: what the backend does by itself when it is due.
 */
export type Actor = 'citizen' | 'helper' | 'till' | 'manager' | 'provider' | 'operator' | 'step'

const MAY_SEND = {
  citizen: [
    'activity.record',
    'activity.withdraw',
    'activity.appeal',
    'voucher.redeem',
    'voucher.cancel',
    'voucher.dispute',
    'quiz.answer',
    'event.check-in',
    'feedback.send',
    'case.nominate',
    'pickup.book',
    'pickup.cancel',
    'planting.join',
    'planting.leave',
    'consent.give',
    'consent.withdraw',
    'helper.invite',
    'helper.revoke',
    'draw.enter',
    'draw.leave',
  ],
  helper: ['activity.record', 'activity.withdraw'],
  till: ['voucher.accept'],
  manager: ['voucher.accept', 'voucher.refund'],
  provider: ['activity.report', 'activity.correct', 'pickup.update', 'planting.update'],
  // What an operator upheld against a shop, the shop's journal says as their doing.
  operator: ['review.decide', 'voice.answer', 'dispute.decide', 'voucher.refund', 'payout.send'],
  step: [
    'account.open',
    'lot.expire',
    'voucher.expire',
    'voucher.return',
    'voucher.settle',
    'draw.won',
    'draw.lost',
    'voucher.refunded',
    'donation.receive',
    'statement.close',
    'payout.receive',
  ],
} as const satisfies Readonly<Record<Actor, readonly Kind[]>>

/**
 * `citizen`: a person's. `merchant`: of one branch of a shop, or of who receives donations. `enterprise`: one that takes part as such. `sponsor`:
 * who pays the shops. `registry`: what credits are kept in. `office`: a city's or the province's desk.
 */
export type AccountKind = 'citizen' | 'merchant' | 'enterprise' | 'sponsor' | 'registry' | 'office'

/** Who sends commands for an account where a session says no more; and who else may stand in its records. */
const ACCOUNTS = {
  citizen: { owner: 'citizen', others: ['helper', 'provider', 'operator', 'step'] },
  merchant: { owner: 'manager', others: ['till', 'operator', 'step'] },
  enterprise: { owner: 'manager', others: ['provider', 'operator', 'step'] },
  sponsor: { owner: 'operator', others: ['step'] },
  registry: { owner: 'operator', others: ['step'] },
  office: { owner: 'operator', others: ['step'] },
} as const satisfies Readonly<Record<AccountKind, { owner: Actor; others: readonly Actor[] }>>

export function ownerOf(kind: AccountKind): Actor {
  return ACCOUNTS[kind].owner
}

export function mayAct(actor: Actor, kind: AccountKind): boolean {
  const others: readonly Actor[] = ACCOUNTS[kind].others
  return ACCOUNTS[kind].owner === actor || others.includes(actor)
}

export function maySend(actor: Actor, kind: Kind): boolean {
  // A kind that is nobody's does not compile here.
  const own: readonly (typeof MAY_SEND)[Actor][number][] = MAY_SEND[actor]
  return own.includes(kind)
}

/** A helper was there, or knows: a file of a track is the owner's own to give. */
export function mayHelperSend(command: Command): boolean {
  if (command.kind === 'activity.record' && command.body.evidence.trust === 'import') return false
  return maySend('helper', command.kind)
}
