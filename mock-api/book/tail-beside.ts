/**
 * What stands beside a proven tail on other keys: stock, tracks, and the other side of what crosses accounts. Claimed before the append, settled after
 * it, never in its transaction; what a crash leaves in between, the sweeper finishes.
 */

import type { AccountId, CommandId, MerchantId, VoucherId } from '../../src/domain/base/ids.ts'
import { monthOf } from '../../src/domain/base/time.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { askedIn } from '../../src/domain/ledger/open-record.ts'
import type { EntryId } from '../../src/domain/offers/draw.ts'
import type { Deps } from '../base/deps.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { type ActClaimRow, claimActs, claimKeyOf } from '../storage/act-claims.ts'
import { insertAwaited } from '../storage/awaited.ts'
import { claimNumber, type NumberRow, numberKey } from '../storage/voucher-index.ts'
import { keepCommands } from '../verify/recorded-elsewhere.ts'
import { keepBands, type MovedAct } from '../verify/replays.ts'
import { claimTracks, digestsOf, giveBackTracks } from '../verify/tracks.ts'
import { awaitedIn, resolveAwaitedOf } from './awaited.ts'
import { bearAgain } from './bear-refund.ts'
import { bringBackEntry, bringBackLeaving, type EntryClaim } from './draw-entries.ts'
import { payAgain } from './pay-out.ts'
import { claimProvenPlace } from './planting-places.ts'
import { routeConsents } from './route-consents.ts'
import { type Claim, claimEvenBeyond, confirmPieces, releasePieces } from './stock.ts'
import { decidedAt, type TailRecord } from './tail-check.ts'
import { settleNumbers } from './voucher-number.ts'

interface Beside {
  readonly claims: readonly Claim[]
  /** Commands that count in another account by now: a guest's backup was read there while this tail was missing. */
  readonly elsewhere: ReadonlySet<string>
}

export async function claimBeside(
  deps: Deps,
  account: Pick<AccountRow, 'accountId'>,
  records: readonly TailRecord[],
): Promise<Beside> {
  const { accountId } = account
  const claims: Claim[] = []
  for (const { body, detail } of records) {
    if (!isVoucher(body) || !detail.voucher) continue
    claims.push(
      await claimEvenBeyond(deps, {
        accountId,
        voucherId: body.id as VoucherId,
        offer: detail.voucher.offer,
      }),
    )
  }
  for (const { body, detail } of records) {
    const dayId = body.outcome === 'accepted' ? askedIn('planting.join', detail)?.dayId : undefined
    if (dayId !== undefined) claims.push(await claimProvenPlace(deps, accountId, { dayId, joinId: body.id }))
  }
  for (const { id, claim } of tracksIn(records)) {
    await claimTracks(deps, accountId, { id, digests: digestsOf(claim) })
    await keepBands(deps.db, accountId, { id, claim })
  }
  const elsewhere = await keepCommands(deps, accountId, commandsIn(records))
  for (const number of numbersIn(accountId, records)) await claimNumber(deps.db, number, deps.now())
  for (const row of awaitedIn(accountId, records, deps.now())) await insertAwaited(deps.db, row)
  await claimActs(deps.db, reportedIn(accountId, records))
  return { claims, elsewhere }
}

/** Bought, or drawn. */
function isVoucher({ kind, outcome }: TailRecord['body']): boolean {
  return (kind === 'voucher.redeem' || kind === 'draw.won') && outcome === 'accepted'
}

/** Tracks that counted for something; what another account has claimed in the meantime stays its own. */
function tracksIn(records: readonly TailRecord[]): MovedAct[] {
  return records.flatMap(({ body, detail }) => {
    const claim = askedIn('activity.record', detail)
    if (!claim || body.outcome === 'rejected' || digestsOf(claim).length === 0) return []
    return [{ id: body.id as CommandId, claim }]
  })
}

/** Commands that came to something here: a guest's backup brings them to no other account from now on. */
function commandsIn(records: readonly TailRecord[]): Pick<Command, 'id' | 'kind'>[] {
  return records.flatMap(({ body, detail }) => {
    const isKept = detail.command !== undefined && !['rejected', 'refused'].includes(body.outcome)
    return isKept ? [{ id: body.id as CommandId, kind: body.kind as Command['kind'] }] : []
  })
}

/** The number that a voucher was read aloud by; one that another has been given in the meantime is that one's. */
function numbersIn(
  accountId: AccountId,
  records: readonly TailRecord[],
): Pick<NumberRow, 'codeKey' | 'accountId' | 'voucherId'>[] {
  return records.flatMap(({ body, detail: { voucher } }) => {
    if (!isVoucher(body) || !voucher) return []
    return [
      { codeKey: numberKey(voucher.merchantId as MerchantId, voucher.code), accountId, voucherId: body.id },
    ]
  })
}

/** Acts that providers reported; one that another account has claimed in the meantime stays that one's. */
function reportedIn(accountId: AccountId, records: readonly TailRecord[]): ActClaimRow[] {
  return records.flatMap((record) => {
    const { body, detail } = record
    if (body.kind !== 'activity.report' || !detail.report) return []
    const { provider: providerId, claimId } = detail.report
    const month = monthOf(decidedAt(record))
    return [{ claimKey: claimKeyOf(claimId), providerId, accountId, activityId: body.id, month }]
  })
}

/** Statements that were paid, as the shop's journal proves. */
function paidIn(records: readonly TailRecord[]): string[] {
  return records.flatMap(({ body, detail: { about } }) =>
    body.kind === 'payout.receive' && about !== undefined ? [about] : [],
  )
}

function entriesIn(accountId: AccountId, records: readonly TailRecord[]): EntryClaim[] {
  return records.flatMap(({ body, detail: { entry } }) => {
    if (body.kind !== 'draw.enter' || body.outcome !== 'accepted' || !entry) return []
    const { offerId, offerVersion: version } = entry
    return [{ offerId, version, entryId: body.id as EntryId, accountId }]
  })
}

export async function settleBeside(
  deps: Deps,
  { accountId }: Pick<AccountRow, 'accountId'>,
  tail: { claims: readonly Claim[]; isTaken: boolean; records: readonly TailRecord[] },
): Promise<void> {
  const digests = tracksIn(tail.records).flatMap(({ claim }) => digestsOf(claim))
  // Each finds out by itself what stands on the account by now.
  await giveBackTracks(deps, accountId, digests)
  await settleNumbers(deps, { bought: [], others: numbersIn(accountId, tail.records) })
  if (!tail.isTaken) {
    await releasePieces(deps, tail.claims)
    return
  }
  await deps.recovery.noteHeard(accountId)
  await confirmPieces(deps, accountId, tail.claims)
  await routeConsents(deps, accountId)
  await payAgain(deps, accountId, paidIn(tail.records))
  await bearAgain(deps, accountId, tail.records)
  for (const entry of entriesIn(accountId, tail.records)) await bringBackEntry(deps, accountId, entry)
  for (const { body, detail } of tail.records)
    if (body.kind === 'draw.leave' && body.outcome === 'accepted' && detail.about !== undefined)
      await bringBackLeaving(deps, accountId, { entryId: detail.about, leaveId: body.id })
  const holders = new Set(awaitedIn(accountId, tail.records, deps.now()).map((row) => row.accountId))
  for (const holder of [accountId, ...holders]) await resolveAwaitedOf(deps, holder)
}
