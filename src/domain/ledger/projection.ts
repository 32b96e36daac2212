/** What the screen shows of a ledger, and the part of it that needs no estimate: without a waiting command, the confirmed ledger is all there is. */

import type { CommandId } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'
import type { Grams, Points } from '../base/units.ts'
import type { Command } from './command.ts'
import type { Decision } from './decision.ts'
import type { Ledger } from './ledger-state.ts'
import { lotExpiresAt } from './lot.ts'
import { balanceOf } from './transfer.ts'

export interface OutboxCommand {
  readonly command: Command
  /** The canonical text that will be sent. */
  readonly text: string
}

/** What the backend would most likely say to one waiting command. */
export interface Preview {
  readonly id: CommandId
  readonly command: Command
  readonly decision: Decision
}

export interface Projection {
  readonly available: Points
  readonly held: Points
  readonly owed: Points
  readonly grams: Grams
  /** Points whose time is over by the clock, though no record says so yet: not among those available. */
  readonly lapsed: Points
  /** Estimated from the outbox: what would be earned, and what is asked for with points. */
  readonly pendingPoints: Points
  readonly pendingGrams: Grams
  readonly pendingSpend: Points
  /** Confirmed points that no waiting command asks for. */
  readonly spendable: Points
  readonly previews: readonly Preview[]
  /** The ledger as it would stand, for limits and for the next estimate. Not for showing as confirmed. */
  readonly expected: Ledger
}

/** The projection of an empty outbox, of a ledger in which nothing is due. */
export function confirmedOnly(ledger: Ledger): Projection {
  const available = balanceOf(ledger.balances, 'points', 'available')
  return {
    available,
    held: balanceOf(ledger.balances, 'points', 'held'),
    owed: -balanceOf(ledger.balances, 'points', 'owed'),
    grams: balanceOf(ledger.balances, 'grams', 'available'),
    lapsed: 0,
    pendingPoints: 0,
    pendingGrams: 0,
    pendingSpend: 0,
    spendable: available,
    previews: [],
    expected: ledger,
  }
}

/** While nothing is estimated yet: what is confirmed, without the points whose time is over. */
export function confirmedAt(ledger: Ledger, now: Instant): Projection {
  const ended = ledger.lots.filter(({ month }) => lotExpiresAt(month) <= now)
  const lapsed = ended.reduce((sum, lot) => sum + lot.available, 0)
  const all = confirmedOnly(ledger)
  return { ...all, available: all.available - lapsed, spendable: all.spendable - lapsed, lapsed }
}
