/** What transfers do to the points available: the number at the end of a row. */
import type { WaitingEntry } from '../../stores/ledger.ts'

export function netPoints(transfers: WaitingEntry['decision']['transfers']): number {
  return transfers.reduce((sum, { asset, debit, credit, amount }) => {
    if (asset !== 'points') return sum
    return sum + (credit === 'available' ? amount : 0) - (debit === 'available' ? amount : 0)
  }, 0)
}
