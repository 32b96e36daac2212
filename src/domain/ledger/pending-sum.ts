/** What waits of some days: acts that are to be accounted, and withdrawals. Estimated, and never added to what is confirmed. */
import type { Day } from '../base/time.ts'
import type { Grams } from '../base/units.ts'
import type { Ledger } from './ledger-state.ts'
import { dayOfPreview, netGrams } from './pending-days.ts'
import type { Preview } from './projection.ts'

export interface PendingSum {
  /** That will probably count. */
  readonly acts: number
  /** Of those acts. */
  readonly grams: Grams
  readonly withdrawals: number
}

export function pendingOf(
  { previews, expected }: { previews: readonly Preview[]; expected: Ledger },
  { from, to }: { from: Day; to: Day },
): PendingSum {
  const sum = { acts: 0, grams: 0, withdrawals: 0 }
  for (const preview of previews) {
    const day = dayOfPreview(preview, expected)
    if (day === undefined || day < from || day > to) continue
    const { outcome } = preview.decision
    if (outcome === 'rejected' || outcome === 'refused') continue
    if (preview.command.kind === 'activity.withdraw') sum.withdrawals++
    else {
      sum.acts++
      sum.grams += netGrams(preview)
    }
  }
  return sum
}
