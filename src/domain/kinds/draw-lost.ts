/** A draw came out without a piece for this entry: the points come back. */
import type { Instant } from '../base/time.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import type { Step } from '../ledger/step.ts'
import type { EntryId, OpenEntry } from '../offers/draw.ts'
import { giveEntryBack, pointsBack } from './draw-leave.ts'
import { noDays, type StepRules } from './kind.ts'

export const drawLost: StepRules = { needs: noDays, post: giveEntryBack }

export function lostStep(id: EntryId, entry: OpenEntry, given: { ledger: Ledger; now: Instant }): Step {
  return { ...pointsBack(id, entry, given), id: lostIdOf(id), kind: 'draw.lost', about: id }
}

/** One an entry, so that it is told once. */
function lostIdOf(id: EntryId): string {
  return `draw.lost:${id}`
}
