/** A draw left before its close: the points come back. */
import type { VoucherId } from '../base/ids.ts'
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { mergeProlonged, setProlonged } from '../ledger/prolonged.ts'
import type { Step } from '../ledger/step.ts'
import { balanceOf } from '../ledger/transfer.ts'
import type { EntryId, OpenEntry } from '../offers/draw.ts'
import { dropEntry } from './draw-enter.ts'
import { type CommandRules, noDays, type Post } from './kind.ts'
import { returnStep } from './voucher-return.ts'

/** The points are back in their lots, and the entry is none any more. */
export const giveEntryBack: Post = (ledger, _body, detail) => {
  if (detail.prolonged) setProlonged(ledger, mergeProlonged(ledger.prolonged, detail.prolonged))
  dropEntry(ledger, detail.about)
}

export const drawLeave: CommandRules = {
  owner: 'account',
  needs: noDays,
  post: giveEntryBack,
}

export function decideLeaving(command: CommandOf<'draw.leave'>, ledger: Ledger, world: World): Decision {
  const { entryId } = command.body
  const entry = ledger.entries?.[entryId]
  if (!entry) return refuse('entry_unknown')
  if (world.now >= entry.closesAt) return refuse('draw_not_open')
  if (world.entry) return refuse(world.entry)
  const { transfers, prolonged } = pointsBack(entryId, entry, { ledger, now: world.now })
  const decision = { outcome: 'accepted', reasons: [], transfers, about: entryId } as const
  return prolonged ? { ...decision, prolonged } : decision
}

/** By the rules of a voucher that is given back: a debt first, then lots that live long enough. */
export function pointsBack(
  id: EntryId,
  { parts }: OpenEntry,
  { ledger, now }: { ledger: Ledger; now: number },
): Pick<Step, 'transfers' | 'prolonged'> {
  const debt = { left: -balanceOf(ledger.balances, 'points', 'owed') }
  return returnStep(id as string as VoucherId, { parts }, { now, debt })
}
