/** What a branch's tills have accepted, as its list and its day's close say it: what is posted, what has still to be sent, what came to nothing. */
import type { Reason } from '../base/reason.ts'
import type { Instant } from '../base/time.ts'

/** A voucher that was accepted at a branch: from the tap on where it was this till, from its record on where it was another. */
export interface Acceptance {
  /** The command's. */
  readonly id: string
  /** By the till's clock, put right. */
  readonly acceptedAt: Instant
  readonly offerId?: string
  readonly titleZh?: string
  readonly titleEn?: string
  readonly fen?: number
  /** The other till's name; absent: this one. */
  readonly till?: string
  /** Ours: until then it has to arrive, as it was said before. */
  readonly connectBy?: Instant
  outcome?: string
  /** Why it was refused. */
  reason?: Reason
  refundedAt?: Instant
}

/**
 * `unsent` has until `connectBy`; `late` goes all the same, and may be refused. `unread`: the backend is older than this app. `awaited`: it has arrived at
 * a backend that was put back from a backup and has forgotten the voucher, and waits there for the holder's phone. `lost`: this device is no till
 * any more, and cannot send it.
 */
type AcceptanceState = 'unsent' | 'late' | 'unread' | 'awaited' | 'lost' | 'booked' | 'refused' | 'refunded'

export function stateOfAcceptance(
  { id, outcome, refundedAt, connectBy }: Acceptance,
  at: {
    readonly now: Instant
    readonly unread: ReadonlySet<string>
    readonly awaited: ReadonlySet<string>
    readonly isRevoked: boolean
  },
): AcceptanceState {
  if (outcome === 'refused') return 'refused'
  if (refundedAt !== undefined) return 'refunded'
  if (outcome !== undefined) return 'booked'
  if (at.isRevoked) return 'lost'
  if (at.unread.has(id)) return 'unread'
  if (at.awaited.has(id)) return 'awaited'
  return connectBy !== undefined && at.now >= connectBy ? 'late' : 'unsent'
}

interface Sum {
  readonly count: number
  readonly fen: number
}

interface OfferSum extends Sum {
  readonly offerId: string
  readonly titleZh?: string
  readonly titleEn?: string
}

interface DaySum {
  /** What was handed out for: all but what was refused or went back. */
  readonly total: Sum
  readonly booked: Sum
  readonly waiting: Sum
  readonly refused: Sum
  readonly refunded: Sum
  /** Of `total`: those whose amount is not known yet. */
  readonly unknown: number
  /** Of `total`, the largest first. */
  readonly byOffer: readonly OfferSum[]
}

export interface StatedAcceptance extends Acceptance {
  readonly state: AcceptanceState
}

export function sumOfDay(rows: readonly StatedAcceptance[]): DaySum {
  const of = (...states: AcceptanceState[]) => rows.filter(({ state }) => states.includes(state))
  const given = of('unsent', 'late', 'unread', 'awaited', 'lost', 'booked')
  const byOffer = new Map<string, StatedAcceptance[]>()
  for (const row of given) byOffer.set(row.offerId ?? '', [...(byOffer.get(row.offerId ?? '') ?? []), row])
  return {
    total: sum(given),
    booked: sum(of('booked')),
    waiting: sum(of('unsent', 'late', 'unread', 'awaited')),
    refused: sum(of('refused', 'lost')),
    refunded: sum(of('refunded')),
    unknown: given.filter(({ fen }) => fen === undefined).length,
    byOffer: [...byOffer]
      .map(([offerId, each]) => ({ offerId, ...titlesOf(each), ...sum(each) }))
      .sort((a, b) => b.fen - a.fen || b.count - a.count),
  }
}

function sum(rows: readonly Acceptance[]): Sum {
  return { count: rows.length, fen: rows.reduce((total, { fen = 0 }) => total + fen, 0) }
}

function titlesOf(rows: readonly Acceptance[]): Pick<OfferSum, 'titleZh' | 'titleEn'> {
  const { titleZh, titleEn } = rows.find((row) => row.titleZh !== undefined) ?? {}
  return { ...(titleZh === undefined ? {} : { titleZh }), ...(titleEn === undefined ? {} : { titleEn }) }
}
