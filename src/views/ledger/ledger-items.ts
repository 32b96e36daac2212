/**
 * The list as one flat array, so that a place in it is arithmetic: waiting entries, then for each month a heading and its entries.
 * An entry is its seq and nothing more: 100,000 of them are a few hundred kilobytes.
 */
import { type EntryGroup, groupOfKind, type MonthRow } from '../../stores/entry-details.ts'
import type { WaitingEntry } from '../../stores/ledger.ts'

export const LEDGER_FILTERS = [
  'all',
  'travel',
  'life',
  'recycle',
  'power',
  'voucher',
  'learn',
  'waiting',
] as const
export type LedgerFilter = (typeof LEDGER_FILTERS)[number]

/** A posted entry by its seq, or one of the others by a short key. */
export type LedgerItem = number | `waiting:${string}` | `month:${string}` | 'head:waiting'

export function isFilter(text: unknown): text is LedgerFilter {
  return (LEDGER_FILTERS as readonly unknown[]).includes(text)
}

/** @param seqs newest first. @param months in any order. */
export function flatten(
  seqs: readonly number[],
  months: readonly MonthRow[],
  waiting: readonly WaitingEntry[],
): LedgerItem[] {
  const items: LedgerItem[] = []
  if (waiting.length > 0) {
    items.push('head:waiting')
    for (const { id } of waiting) items.push(`waiting:${id}`)
  }
  // Posted order is seq, so the months' first seqs cut it into months exactly as a bank statement does.
  const newest = months.toSorted((a, b) => b.firstSeq - a.firstSeq)
  let place = 0
  for (const { month, firstSeq } of newest) {
    const start = place
    while (place < seqs.length && (seqs[place] as number) >= firstSeq) place++
    if (place === start) continue
    items.push(`month:${month}`)
    for (let i = start; i < place; i++) items.push(seqs[i] as number)
  }
  return items
}

export function waitingUnder(
  filter: LedgerFilter,
  waiting: readonly WaitingEntry[],
  groupOf: (code: string) => EntryGroup,
): readonly WaitingEntry[] {
  if (filter === 'all' || filter === 'waiting') return waiting
  return waiting.filter(({ command }) => {
    if (command.kind === 'activity.record') return groupOf(command.body.code) === filter
    return filter === groupOfKind(command.kind)
  })
}

/** How many posted entries stand under the filter in that month. */
export function countOf({ counts }: MonthRow, filter: LedgerFilter): number {
  if (filter === 'waiting') return 0
  if (filter !== 'all') return counts[filter] ?? 0
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
