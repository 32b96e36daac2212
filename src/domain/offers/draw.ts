/**
 * A draw: scarce pieces go to some of those who entered, by an order that nobody can choose and anybody can work out again. Here are its terms and
 * who may enter; the order itself is in `proof/draw.ts`.
 */
import type { CommandId, MerchantId, OfferId } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import type { PartOfPrice } from '../ledger/prolonged.ts'

/** Of one version of an offer: published before anybody enters, and never changed. */
export interface DrawTerms {
  readonly opensAt: Instant
  /** The first instant at which nobody can enter or leave any more. */
  readonly closesAt: Instant
  readonly pieces: number
  /** SHA-256, hex, of the secret that is told after the entries' root. */
  readonly commitment: string
}

/** An entry goes by its command's id. */
export type EntryId = CommandId

/** In a draw whose result the account has not been told yet: the points are held. */
export interface OpenEntry {
  readonly offerId: OfferId
  readonly offerVersion: number
  readonly merchantId: MerchantId
  readonly pricePoints: Points
  readonly valueFen: number
  readonly closesAt: Instant
  /** The lots that the held points came from, to which they return. */
  readonly parts: readonly PartOfPrice[]
}

/** So that everybody can be told all entries, and a phone works them out. */
export const DRAW_ENTRIES_MAX = 20_000

/** The entries' root stands for so long before the secret is told: whoever keeps it has it from before. */
export const DRAW_REVEAL_AFTER_MS = 10 * 60_000

/** What the seed is bound to. */
export function drawIdOf({ offerId, offerVersion }: { offerId: string; offerVersion: number }): string {
  return `${offerId}/${offerVersion}`
}

/** Why nobody can enter or leave now, if so. */
export function drawPhase({ opensAt, closesAt }: DrawTerms, now: Instant): 'early' | 'open' | 'closed' {
  if (now < opensAt) return 'early'
  return now < closesAt ? 'open' : 'closed'
}

/** What keeps an offer from being a draw, in words for who publishes it; undefined where nothing does. */
export function drawFault({
  release,
  draw,
  endsAt,
  category,
}: {
  readonly release?: string
  readonly draw?: DrawTerms
  readonly endsAt: Instant
  readonly category: string
}): string | undefined {
  if ((release === 'draw') !== (draw !== undefined)) return 'draw: release and terms go together'
  if (!draw) return undefined
  if (category === 'donation') return 'draw: a donation is for everybody'
  if (draw.opensAt >= draw.closesAt) return 'draw.closesAt: before it opens'
  return draw.closesAt > endsAt ? 'draw.closesAt: after the offer has ended' : undefined
}
