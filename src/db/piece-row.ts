/** The row of a day: its acts, and the tracks by which it is found. */
import type { Day } from '../domain/base/time.ts'
import type { PostedActivity } from '../domain/ledger/ledger-state.ts'
import type { PieceRow } from './tables.ts'

export function pieceRow(day: Day, acts: PostedActivity[]): PieceRow {
  const digests = acts.flatMap(({ digest, file }) => [digest, file].filter((each) => each !== undefined))
  return { day, acts, digests: [...new Set(digests)] }
}
