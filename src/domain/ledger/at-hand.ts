/** What a part of a ledger has at hand, held against what is needed, and given on to another part of the same ledger. */
import { addFound } from './ledger-part.ts'
import type { Ledger } from './ledger-state.ts'
import type { Needs } from './needs.ts'

/** What has still to be looked up; undefined when all is at hand, as it always is in a whole ledger. */
export function missingOf({ part }: Ledger, needs: Needs): Needs | undefined {
  if (!part) return undefined
  const days = needs.days.filter((day) => !part.days.has(day))
  const acts = needs.acts.filter((id) => !part.acts.has(id))
  const digests = needs.digests.filter((digest) => !part.digests.has(digest))
  return days.length + acts.length + digests.length === 0 ? undefined : { days, acts, digests, idle: 0 }
}

/** All that `from` has at hand and `to` has not. A day that `to` has dropped since stays dropped. */
export function giveOn(from: Ledger, to: Ledger): void {
  if (!from.part || !to.part) return
  const known = to.part.days
  const pieces = Object.fromEntries(Object.entries(from.days).filter(([day]) => !known.has(day)))
  addFound(to, { ...from.part, pieces: structuredClone(pieces) })
}
