/**
 * A draw comes out by itself, in steps of which each may be the last before a crash: no entry comes or goes any more; what was open is settled; the
 * entries' root is signed and told; some minutes later the order is worked out; each entrant's journal is told, once, by a record whose id follows
 * from the entry. The offer's own row drives it: no value leaves an account, so that there is nothing to cross.
 */
import type { AccountId, VoucherId } from '../../src/domain/base/ids.ts'
import { lostStep } from '../../src/domain/kinds/draw-lost.ts'
import type { DrawnDetail } from '../../src/domain/ledger/record.ts'
import { DRAW_REVEAL_AFTER_MS, type OpenEntry } from '../../src/domain/offers/draw.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { voucherExpiry } from '../../src/domain/offers/voucher.ts'
import { drawOrder, signRoot } from '../../src/proof/draw.ts'
import { inclusionPath, type MerkleTree, merkleTree, rootOf } from '../../src/proof/merkle.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { keyOf } from '../base/secret.ts'
import {
  type EntryRowOfDraw,
  noteTold,
  readEntryIds,
  readUnsettledEntries,
  readUntold,
  writeRanks,
} from '../storage/draw-entries.ts'
import { type DrawRow, moveDraw, readDueDraws, writeRoot } from '../storage/draws.ts'
import { readOfferVersion } from '../storage/offers.ts'
import { changeAccount } from './append.ts'
import { resolveEntry } from './draw-entries.ts'
import { each } from './each.ts'
import { isFault } from './errors.ts'
import { grantVoucher } from './grant-voucher.ts'
import { type Claim, claimEvenBeyond, confirmPieces, releasePieces } from './stock.ts'
import { settleNumbers, type VoucherNumber } from './voucher-number.ts'
import { draft, draftStep, type Writing } from './writing.ts'

/** A sweep is a short piece of work between requests; what is left waits for the next. */
const DRAWS_PER_SWEEP = 100
const ENTRIES_PER_SWEEP = 500

export async function sweepDraws(deps: Deps): Promise<void> {
  await each(deps, await readDueDraws(deps.db, deps.now(), DRAWS_PER_SWEEP), (draw) => goOn(deps, draw))
}

async function goOn(deps: Deps, draw: DrawRow): Promise<void> {
  switch (draw.state) {
    case 'open':
      // Whoever was in time may still be on the way to the database, and a restored backup may lack some.
      if (draw.closesAt + STALE_CLAIM_MS > deps.now() || (await isRecovering(deps))) return
      await moveDraw(deps.db, draw, { from: 'open', to: 'closing' })
      return root(deps, draw)
    case 'closing':
      return root(deps, draw)
    case 'rooted':
      return comeOut(deps, draw)
    case 'drawn':
      return tellAll(deps, draw)
    case 'done':
  }
}

/** As long as phones bring back what a restored backup has lost, nothing is drawn without them. */
async function isRecovering({ recovery }: Deps): Promise<boolean> {
  return (await recovery.restoredAt()) !== undefined
}

async function root(deps: Deps, draw: DrawRow): Promise<void> {
  const { offerId, version } = draw
  const open = await readUnsettledEntries(deps.db, draw, ENTRIES_PER_SWEEP)
  for (const row of open) await resolveEntry(deps, row)
  if (open.length > 0) return // the next sweep looks whether all are settled
  const ids = await readEntryIds(deps.db, draw)
  if (ids.length === 0) {
    // Without a root: nothing was drawn from. Whoever came back since the close is still to be told.
    await moveDraw(deps.db, draw, { from: 'closing', to: 'drawn' })
    return
  }
  const told = { offerId, offerVersion: version, root: rootOf(await merkleTree(ids)), size: ids.length }
  const key = await deps.keyring.signingKey('documents')
  const at = deps.now()
  const statement = await signRoot({ ...told, iat: at }, key)
  await writeRoot(deps.db, draw, { ...told, statement, at })
}

async function comeOut(deps: Deps, draw: DrawRow): Promise<void> {
  const { offerId, version, root, rootedAt } = draw
  if (root === null || rootedAt === null || rootedAt + DRAW_REVEAL_AFTER_MS > deps.now()) return
  const ids = await readEntryIds(deps.db, draw)
  const secret = deps.secret.drawSecret(offerId, version)
  const order = await drawOrder(ids, { draw: { offerId, offerVersion: version }, secret, root })
  await writeRanks(deps.db, draw, order)
  await moveDraw(deps.db, draw, { from: 'rooted', to: 'drawn' })
}

async function tellAll(deps: Deps, draw: DrawRow): Promise<void> {
  const untold = await readUntold(deps.db, draw, ENTRIES_PER_SWEEP)
  if (untold.length === 0) {
    await moveDraw(deps.db, draw, { from: 'drawn', to: 'done' })
    // Who came back in between found a draw that was not done yet, and left it so.
    if ((await readUntold(deps.db, draw, 1)).length > 0)
      await moveDraw(deps.db, draw, { from: 'done', to: 'drawn' })
    return
  }
  const offer = await readOfferVersion(deps.db, draw.offerId, draw.version)
  if (!offer?.draw) throw new Error(`offer ${draw.offerId} ${draw.version} is no draw`)
  const ids = await readEntryIds(deps.db, draw)
  // None where nobody was in: all that are untold came back after the close.
  const tree = ids.length > 0 ? await merkleTree(ids) : []
  const places = new Map(ids.map((id, place) => [id as string, place]))
  await each(deps, untold, (row) => {
    const place = places.get(row.entryId)
    return tell(deps, { row, offer, drawn: drawnOf(draw, { row, place, tree }) })
  })
}

/** Undefined for one that came back after the close, which was not drawn from. */
function drawnOf(
  { offerId, version, root, size }: DrawRow,
  entry: { row: EntryRowOfDraw; place: number | undefined; tree: MerkleTree },
): DrawnDetail | undefined {
  const { row, place, tree } = entry
  if (root === null || size === null || place === undefined || row.rank === null) return undefined
  const path = inclusionPath(tree, place)
  return { offerId, offerVersion: version, root, size, index: place, path, rank: row.rank }
}

interface Result {
  readonly row: EntryRowOfDraw
  readonly offer: Offer
  readonly drawn: DrawnDetail | undefined
}

async function tell(deps: Deps, { row, offer, drawn }: Result): Promise<void> {
  const { accountId, entryId } = row
  const hasPiece = drawn !== undefined && drawn.rank <= (offer.draw?.pieces ?? 0)
  try {
    if (hasPiece) await tellWon(deps, { row, offer, drawn })
    else
      await changeAccount(deps, accountId, async (writing) => {
        const entry = writing.ledger.entries?.[entryId]
        if (!entry) return
        const step = lostStep(entryId, entry, { ledger: writing.ledger, now: writing.at })
        draftStep(writing, step, drawn ? { told: { drawn } } : {})
      })
  } catch (error) {
    // Whoever is gone has taken their points along, and nobody is given their piece: the order stands as it was published.
    if (isFault(error, 'account_unknown')) return // of a restored backup: it comes back with its phone
    if (!isFault(error, 'account_deleted')) throw error
  }
  await noteTold(deps.db, row)
}

/** A voucher goes by its record's id: derived from the entry, so that it is made once. */
function wonIdOf(entryId: string): VoucherId {
  return keyOf('draw won', entryId) as VoucherId
}

async function tellWon(
  deps: Deps,
  { row, offer, drawn }: Result & { readonly drawn: DrawnDetail },
): Promise<void> {
  const { accountId, entryId } = row
  const voucherId = wonIdOf(entryId)
  const set: { claim?: Claim; number?: VoucherNumber } = {}
  let isMade = false
  try {
    isMade = await changeAccount(deps, accountId, async (writing) => {
      const entry = writing.ledger.entries?.[entryId]
      if (!entry) return false
      set.claim = await claimEvenBeyond(deps, { offer, accountId, voucherId })
      set.number = await draftWon(deps, writing, { entryId, entry, offer, drawn, number: set.number })
      return true
    })
  } finally {
    // Whether the append took place may be unknown here: each finds out by itself.
    if (set.claim && isMade) await confirmPieces(deps, accountId, [set.claim])
    else if (set.claim) await releasePieces(deps, [set.claim])
    const numbers = set.number ? [set.number] : []
    await settleNumbers(deps, isMade ? { bought: numbers, others: [] } : { bought: [], others: numbers })
  }
}

async function draftWon(
  deps: Deps,
  writing: Writing,
  won: {
    readonly entryId: string
    readonly entry: OpenEntry
    readonly offer: Offer
    readonly drawn: DrawnDetail
    readonly number: VoucherNumber | undefined
  },
): Promise<VoucherNumber> {
  const { entryId, entry, offer, drawn } = won
  const voucherId = wonIdOf(entryId)
  const { offerId, offerVersion, pricePoints, merchantId } = entry
  const expiresAt = voucherExpiry(offer, writing.at)
  const terms = { offerId, offerVersion, pricePoints, merchantId, expiresAt, offer }
  const accountId: AccountId = writing.account.accountId
  const { number, voucher } = await grantVoucher(deps, { accountId, voucherId, voucher: terms }, won.number)
  draft(writing, {
    by: 'step',
    id: voucherId,
    kind: 'draw.won',
    outcome: 'accepted',
    transfers: [],
    detail: { about: entryId, drawn, voucher },
  })
  return number
}
