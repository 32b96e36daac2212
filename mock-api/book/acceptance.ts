/** An acceptance as it came: who sent it, when the voucher was taken by the till's clocks, and how long it may wait for what a restored backup has forgotten. */
import { madeAt } from '../../src/domain/base/clock.ts'
import { DAY_MS, dayOf, type Instant, startOfDay } from '../../src/domain/base/time.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import { checkNumber } from '../../src/proof/number-mark.ts'
import type { VoucherClaims } from '../../src/proof/voucher-token.ts'
import type { Deps } from '../base/deps.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { notePutOff } from '../storage/awaited.ts'
import type { Sender } from '../verify/findings.ts'

export interface Acceptance {
  readonly command: CommandOf<'voucher.accept'>
  readonly text: string
  readonly merchant: {
    readonly account: AccountRow
    readonly at: Instant
    readonly sender: Pick<Sender, 'exchange' | 'knowsWaiting' | 'till' | 'takenAt'>
  }
}

/** When a voucher was taken: as far as the till's clocks tell. */
interface AcceptedAt {
  readonly earliest: Instant
  readonly latest: Instant
}

export interface Taken {
  readonly claims: VoucherClaims
  readonly acceptance: Acceptance
  readonly acceptedAt: AcceptedAt
}

/**
 * By the till's clock, corrected by its offset, never before the voucher was issued nor after this arrived. Where nothing tells exactly when it
 * was, because another life of its page sends it, it may have been as early as the till last heard from here: the shop is believed. Whoever
 * dates back gains nothing but a voucher that was shown to it, and the holder can dispute that.
 */
export function acceptedAtOf({ iat }: VoucherClaims, { command, merchant }: Acceptance): AcceptedAt {
  const { sender, at } = merchant
  const { exchange, takenAt } = sender
  if (takenAt !== undefined) return { earliest: takenAt, latest: takenAt }
  const { body, clock } = command
  const { shiftMs, doubtMs } = madeAt(command, { ...exchange, now: at })
  const latest = Math.max(iat, Math.min(body.acceptedAt + shiftMs, at))
  const isSamePage = clock !== undefined && clock.page === exchange.page?.page
  const heardAt = isSamePage ? latest : (clock?.syncedAt ?? latest)
  return { earliest: Math.max(iat, Math.min(latest - doubtMs, heardAt)), latest }
}

/** A voucher that a phone could still bring back is waited for as long as points are for a shop that was offline. */
export async function mayWait(deps: Deps, acceptance: Acceptance): Promise<boolean> {
  return acceptance.merchant.at < (await firstPutOff(deps, acceptance)) + SETTLEMENT_WINDOW_MS
}

/**
 * What can never be paid by itself, a number that was read aloud, has its holder's phone alone to bring it back: it is waited for as long as the
 * voucher's points could be, by the day that the number says.
 */
export async function mayWaitForHolder(deps: Deps, acceptance: Acceptance): Promise<boolean> {
  const { at } = acceptance.merchant
  const first = await firstPutOff(deps, acceptance)
  const until = Math.max(first, await goodUntil(deps, acceptance, first))
  return at < until + SETTLEMENT_WINDOW_MS
}

async function firstPutOff(deps: Deps, { command, merchant }: Acceptance): Promise<Instant> {
  const { at, account } = merchant
  return notePutOff(deps.db, { accountId: account.accountId, commandId: command.id, at })
}

/**
 * The end of its last day; 0 where no number of this merchant's says one. The day is the nearest to `first`, when the acceptance was first heard of: read
 * anew each time, the day of a number that is years old would go before the waiting, from one of its 1,024 days to the next.
 */
async function goodUntil(
  deps: Deps,
  { command: { body }, merchant }: Acceptance,
  first: Instant,
): Promise<Instant> {
  const { merchantId } = merchant.account
  if (!('code' in body) || merchantId === null) return 0
  const key = deps.secret.numberKey(merchantId)
  const read = await checkNumber(body.code, { key, today: dayOf(first) })
  return 'fault' in read ? 0 : startOfDay(read.expiresOn) + DAY_MS
}
