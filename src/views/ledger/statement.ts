/** What a printed statement lists: posted entries of some months, oldest first. A month is that of posting, as on a bank statement. */
import type { EntryRow, MonthRow } from '../../stores/entry-details.ts'
import { ledgerText } from '../../text/ledger/ledger.ts'
import type { FaceContext } from './kinds/face.ts'
import { faceOfKind } from './kinds/kinds.ts'

/** More rows than anyone prints; beyond it the statement says so and points to CSV. */
export const STATEMENT_ROWS_MAX = 2000

interface StatementRange {
  readonly from: string
  readonly to: string
}

/** Seqs are gapless, so months are a run of them. */
export function seqsOf(months: readonly MonthRow[], { from, to }: StatementRange, lastSeq: number): number[] {
  const oldest = months.toSorted((a, b) => a.firstSeq - b.firstSeq)
  const first = oldest.find(({ month }) => month >= from && month <= to)?.firstSeq
  if (first === undefined) return []
  const end = oldest.find(({ month, firstSeq }) => month > to && firstSeq > first)?.firstSeq ?? lastSeq + 1
  const count = Math.min(end - first, STATEMENT_ROWS_MAX + 1)
  return Array.from({ length: count }, (_, i) => first + i)
}

export function sumsOf(entries: readonly EntryRow[]): { in: number; out: number; grams: number } {
  const sums = { in: 0, out: 0, grams: 0 }
  for (const { points, grams } of entries) {
    if (points > 0) sums.in += points
    else sums.out -= points
    sums.grams += grams
  }
  return sums
}

/** What an entry is called on paper, which others read: without what the person wrote. */
export function paperTitle(entry: EntryRow, context: FaceContext): string {
  const face = faceOfKind(entry.kind)
  return face.holdsWords ? face.word(ledgerText[context.language], entry) : face.title(entry, context)
}
