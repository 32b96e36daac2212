/**
 * A merchant's acceptance of a voucher. The holder's side decides first, keyed by voucher: the first acceptance wins, the second is told so.
 * Then the merchant's own record follows; what a crash interrupts in between, the sweeper finishes.
 */
import { CLOCK_DOUBT_MAX_MS, type Exchange, madeAt } from '../../src/domain/clock.ts'
import type { CommandOf } from '../../src/domain/command.ts'
import { type Decision, refuse } from '../../src/domain/decision.ts'
import type { AccountId, CommandId, VoucherId } from '../../src/domain/ids.ts'
import type { RefusalCode } from '../../src/domain/reason.ts'
import type { RecordDetail } from '../../src/domain/record.ts'
import { settleStep } from '../../src/domain/steps.ts'
import { type Instant, MINUTE_MS } from '../../src/domain/time.ts'
import { SETTLEMENT_WINDOW_MS, voucherCode } from '../../src/domain/voucher.ts'
import { readVoucher, type VoucherClaims } from '../../src/proof/voucher-token.ts'
import type { Deps } from '../deps.ts'
import { ProblemError } from '../http/problem.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'
import { markPosted, readSettlement } from '../storage/settlements.ts'
import { changeAccount } from './append.ts'
import { draft, type Writing } from './writing.ts'

/** A shop's clock may be this much behind the backend's at issue before its times say nothing. */
const CLOCK_SLACK_MS = 5 * MINUTE_MS

export interface Settled {
  readonly holder: AccountId
  readonly voucherId: VoucherId
}

export interface Acceptance {
  readonly command: CommandOf<'voucher.accept'>
  readonly text: string
  readonly merchant: {
    readonly account: AccountRow
    readonly exchange: Omit<Exchange, 'now'>
    readonly at: Instant
  }
}

export async function decideAcceptance(
  deps: Deps,
  acceptance: Acceptance,
): Promise<{ decision: Decision; detail?: Partial<RecordDetail>; settled?: Settled }> {
  const { command, merchant } = acceptance
  const { token } = command.body
  const claims = await readVoucher(token, await deps.keyring.publicKeys())
  if (!claims) return { decision: refuse('voucher_forged') }
  if (claims.merchant !== merchant.account.merchantId) return { decision: refuse('voucher_not_yours') }
  const voucherId = claims.jti as VoucherId
  const detail: Partial<RecordDetail> = {
    acceptance: {
      offerId: claims.offer,
      offerVersion: claims.version,
      pricePoints: claims.points,
      merchantId: claims.merchant,
      expiresAt: claims.exp,
      code: await codeOf(deps, claims.sub as AccountId, voucherId),
      token,
    },
  }
  const refusal = await settleHolder(deps, claims, acceptance)
  if (refusal) return { decision: { ...refuse(refusal), about: voucherId }, detail }
  // The holder's journal moved held → merchant; this one takes it from there, so that over both the merchant side is zero again.
  return {
    decision: {
      outcome: 'accepted',
      reasons: [],
      transfers: [{ asset: 'points', debit: 'merchant', credit: 'available', amount: claims.points }],
      about: voucherId,
    },
    detail,
    settled: { holder: claims.sub as AccountId, voucherId },
  }
}

/** As it was granted; of a holder who is gone, whose words are gone too, none is left to compare. */
async function codeOf(deps: Deps, holder: AccountId, voucherId: VoucherId): Promise<string> {
  const record = await readRecordOf(deps.db, holder, voucherId)
  const { voucher } = JSON.parse(record?.detail ?? '{}') as RecordDetail
  return voucher?.code ?? voucherCode(voucherId)
}

/** Undefined: this acceptance is the one that counts, now or before. */
async function settleHolder(
  deps: Deps,
  claims: VoucherClaims,
  acceptance: Acceptance,
): Promise<RefusalCode | undefined> {
  try {
    return await changeAccount(deps, claims.sub as AccountId, (writing) =>
      settleIn(deps, writing, { claims, acceptance }),
    )
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'account_deleted') return 'voucher_ended'
    if (error instanceof ProblemError && error.code === 'not_found') return 'voucher_unknown'
    throw error
  }
}

async function settleIn(
  deps: Deps,
  writing: Writing,
  { claims, acceptance }: { claims: VoucherClaims; acceptance: Acceptance },
): Promise<RefusalCode | undefined> {
  const { command, text, merchant } = acceptance
  const holder = writing.account.accountId
  const voucherId = claims.jti as VoucherId
  const first = await readSettlement(deps.db, holder, voucherId)
  if (first) {
    const isMine = first.commandId === command.id && first.merchantAccountId === merchant.account.accountId
    return isMine ? undefined : 'voucher_already_accepted'
  }
  const voucher = writing.ledger.vouchers[voucherId]
  if (!voucher) return whyNotOpen(deps, holder, voucherId)
  const returnsAt = voucher.returnsAt ?? voucher.expiresAt + SETTLEMENT_WINDOW_MS
  const acceptedAt = acceptedAtOf(claims, acceptance)
  if (acceptedAt > (voucher.endedAt ?? voucher.expiresAt) || writing.at >= returnsAt) return 'voucher_late'
  const { id, kind, transfers, about } = settleStep(voucherId, voucher)
  const settlement = {
    accountId: holder,
    voucherId,
    merchantAccountId: merchant.account.accountId,
    commandId: command.id,
    commandText: text,
    settledAt: writing.at,
  }
  draft(writing, { id, kind, outcome: 'accepted', transfers, detail: { about }, settlement })
  return undefined
}

async function whyNotOpen(deps: Deps, holder: AccountId, voucherId: VoucherId): Promise<RefusalCode> {
  const returned = `voucher.return:${voucherId}`
  const known = await readKnown(deps.db, holder, [voucherId, returned])
  if (known.has(returned)) return 'voucher_late'
  return known.has(voucherId) ? 'voucher_ended' : 'voucher_unknown'
}

/** By the shop's clock, corrected by its offset. A clock that cannot be right says nothing: then the time of arrival counts. */
function acceptedAtOf(claims: VoucherClaims, { command, merchant }: Acceptance): Instant {
  const { exchange, at } = merchant
  const { shiftMs, doubtMs } = madeAt(command, { ...exchange, now: at })
  const corrected = command.body.acceptedAt + shiftMs
  const isPlausible =
    doubtMs <= CLOCK_DOUBT_MAX_MS && corrected <= at && corrected >= claims.iat - CLOCK_SLACK_MS
  return isPlausible ? corrected : at
}

/** The merchant's record is there: nothing is left to finish. */
export async function finishSettlements(
  deps: Deps,
  settled: readonly { holder: AccountId; voucherId: CommandId }[],
): Promise<void> {
  for (const { holder, voucherId } of settled) await markPosted(deps.db, holder, voucherId)
}
