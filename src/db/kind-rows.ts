/** What the device keeps of each kind of record in its rows, beside what all of them have. */

import type { CommandKind } from '../domain/ledger/command.ts'
import { askedIn } from '../domain/ledger/open-record.ts'
import type { Kind, RecordBody, RecordDetail, StepKind } from '../domain/ledger/record.ts'
import {
  answersVoice,
  changesAct,
  closesVoucher,
  correctsAct,
  disputesVoucher,
  endsConsent,
  endsDraw,
  endsVoucher,
  type Later,
  marks,
  movesPickup,
  movesPlanting,
  usesVoucher,
} from './later.ts'
import type { EntryRow, VoucherRow } from './tables.ts'

/** What a record that is no act belongs to: a voucher, taking part (quiz, events, feedback), a pick-up, or the backend's own doings. */
type KindGroup = 'voucher' | 'learn' | 'recycle' | 'steps'

interface KindRow {
  /** Of an act, as long as nothing says which: its detail may be deleted. */
  readonly group: KindGroup
  /** From the words of the device. */
  readonly own?: (detail: RecordDetail) => Partial<EntryRow>
  readonly voucher?: (body: RecordBody, detail: RecordDetail | undefined) => VoucherRow | undefined
  /** What it does to what it is about. */
  readonly later?: Later
}

interface CommandRow extends KindRow {
  /** As what it is counted as long as it waits: see `Waiting`. */
  readonly waitsAs: 'acts' | 'voices' | 'requests'
}

const ROWS = {
  'account.open': { group: 'steps' },
  'activity.record': { group: 'steps', waitsAs: 'acts' },
  'activity.withdraw': { group: 'steps', waitsAs: 'requests', later: changesAct(() => 'withdrawn') },
  'activity.appeal': { group: 'steps', waitsAs: 'requests', later: changesAct(() => 'appealed') },
  'activity.report': { group: 'steps' },
  'activity.correct': { group: 'steps', later: correctsAct },
  'review.decide': { group: 'steps', later: changesAct(({ outcome }) => outcome) },
  'voucher.redeem': { group: 'voucher', waitsAs: 'requests', voucher: voucherOf },
  'voucher.cancel': {
    group: 'voucher',
    waitsAs: 'requests',
    later: endsVoucher(({ postedAt }) => postedAt),
  },
  'voucher.expire': { group: 'voucher', later: endsVoucher((_entry, { expiresAt }) => expiresAt) },
  'voucher.return': { group: 'voucher', later: closesVoucher('returned') },
  'voucher.settle': { group: 'voucher', later: usesVoucher },
  'voucher.accept': { group: 'voucher', waitsAs: 'requests' },
  'voucher.refund': { group: 'voucher', waitsAs: 'requests', later: marks('refunded') },
  'voucher.refunded': { group: 'voucher', later: closesVoucher('refunded') },
  'voucher.dispute': { group: 'voucher', waitsAs: 'requests', later: disputesVoucher },
  'dispute.decide': { group: 'voucher', later: disputesVoucher },
  'donation.receive': { group: 'voucher' },
  'statement.close': { group: 'steps' },
  'payout.send': { group: 'steps' },
  'payout.receive': { group: 'steps', later: marks('paid') },
  'lot.expire': { group: 'steps' },
  'quiz.answer': { group: 'learn', waitsAs: 'requests', own: questionOf },
  'event.check-in': { group: 'learn', waitsAs: 'requests' },
  'feedback.send': { group: 'learn', waitsAs: 'voices', own: beginningOf },
  'case.nominate': { group: 'learn', waitsAs: 'voices', own: nominationOf },
  'consent.give': { group: 'steps', waitsAs: 'requests', own: scopeIn },
  'consent.withdraw': { group: 'steps', waitsAs: 'requests', later: endsConsent },
  'helper.invite': { group: 'steps', waitsAs: 'requests', own: helperIn },
  'helper.revoke': { group: 'steps', waitsAs: 'requests', later: endsConsent },
  'voice.answer': { group: 'learn', later: answersVoice },
  'pickup.book': { group: 'recycle', waitsAs: 'requests', own: goodsOf },
  'pickup.cancel': { group: 'recycle', waitsAs: 'requests', later: movesPickup },
  'pickup.update': { group: 'recycle', later: movesPickup },
  'planting.join': { group: 'learn', waitsAs: 'requests', own: plantingDayOf },
  'planting.leave': { group: 'learn', waitsAs: 'requests', later: movesPlanting },
  'planting.update': { group: 'learn', own: plantingDayOf, later: movesPlanting },
  'draw.enter': { group: 'voucher', waitsAs: 'requests', own: entryOffer },
  'draw.leave': { group: 'voucher', waitsAs: 'requests', later: endsDraw('left') },
  'draw.won': { group: 'voucher', voucher: voucherOf, later: endsDraw('won') },
  'draw.lost': { group: 'voucher', later: endsDraw('lost') },
} as const satisfies { readonly [Each in CommandKind]: CommandRow } & { readonly [Each in StepKind]: KindRow }

/** @param kind as a text says it, which a newer build may have written: a word of its name tells where it belongs. */
export function rowOfKind(kind: string): KindRow & Partial<CommandRow> {
  if (isKind(kind)) return ROWS[kind]
  if (kind.startsWith('voucher.') || kind.startsWith('draw.')) return { group: 'voucher' }
  if (kind.startsWith('pickup.')) return { group: 'recycle' }
  return { group: /^(quiz|event|feedback|case|voice|planting)\./.test(kind) ? 'learn' : 'steps' }
}

export function groupOfKind(kind: string): KindGroup {
  return rowOfKind(kind).group
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(ROWS, kind)
}

function voucherOf(body: RecordBody, detail: RecordDetail | undefined): VoucherRow | undefined {
  if (body.outcome !== 'accepted' || !detail?.voucher) return undefined
  const isSettled = body.transfers.some((transfer) => transfer.credit === 'merchant')
  return {
    id: body.id,
    seq: body.seq,
    issuedAt: body.at,
    state: isSettled ? 'used' : 'active',
    ...detail.voucher,
  }
}

function questionOf(detail: RecordDetail): Partial<EntryRow> {
  const asked = askedIn('quiz.answer', detail)
  return asked ? { questionId: asked.questionId } : {}
}

function scopeIn(detail: RecordDetail): Partial<EntryRow> {
  const given = askedIn('consent.give', detail)
  return given ? { scope: given.scope } : {}
}

function goodsOf(detail: RecordDetail): Partial<EntryRow> {
  const booking = askedIn('pickup.book', detail)
  return booking ? { goods: booking.goods } : {}
}

/** As it stood then; of one that was refused, what was wished for. */
function plantingDayOf(detail: RecordDetail): Partial<EntryRow> {
  const { planting } = detail
  if (planting) {
    const { titleZh, titleEn, startsAt } = planting
    return { titleZh, titleEn, startsAt }
  }
  const signUp = askedIn('planting.join', detail)
  return signUp ? { startsAt: signUp.startsAt } : {}
}

function entryOffer({ entry }: RecordDetail): Partial<EntryRow> {
  return entry ? { offerId: entry.offerId, titleZh: entry.offer.titleZh, titleEn: entry.offer.titleEn } : {}
}

function helperIn(detail: RecordDetail): Partial<EntryRow> {
  const invited = askedIn('helper.invite', detail)
  return invited ? titled(invited.name) : {}
}

const TITLE_CHARS = 40

function beginningOf(detail: RecordDetail): Partial<EntryRow> {
  const said = askedIn('feedback.send', detail)
  return said ? titled([...said.text].slice(0, TITLE_CHARS).join('')) : {}
}

function nominationOf(detail: RecordDetail): Partial<EntryRow> {
  const said = askedIn('case.nominate', detail)
  return said ? titled(said.title) : {}
}

function titled(title: string): Partial<EntryRow> {
  return { titleZh: title, titleEn: title }
}
