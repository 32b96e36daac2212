/** A row of the outbox as the lists show it. */
import type { OutboxRow, OutboxState } from '../db/tables.ts'
import type { Preview } from '../domain/ledger/projection.ts'
import { commandOfRow } from './outbox-command.ts'

/** A command that the journal does not hold yet, with what it will most likely become. */
export interface WaitingEntry extends Preview {
  readonly state: OutboxState
  /** It may have left the phone. */
  readonly isSent: boolean
  /** It may be known elsewhere, by the network or in a file: an undo has to be a request of its own. */
  readonly isOut: boolean
  /** Why the backend could not read it, if so. */
  readonly problem?: string
}

/** The same object for as long as neither row nor preview changes: with ten thousand waiting, a tap makes one. */
const made = new WeakMap<OutboxRow, { preview: Preview | undefined; entry: WaitingEntry }>()

function waitingEntry(row: OutboxRow, preview: Preview | undefined): WaitingEntry {
  const known = made.get(row)
  if (known && known.preview === preview) return known.entry
  const entry = entryOf(row, preview)
  made.set(row, { preview, entry })
  return entry
}

function entryOf(row: OutboxRow, preview: Preview | undefined): WaitingEntry {
  const { command } = commandOfRow(row)
  const problem = row.state === 'deferred' ? { problem: row.problem ?? 'unknown_command' } : {}
  const isSent = row.firstSentAt !== undefined
  return {
    ...(preview ?? {
      id: command.id,
      command,
      decision: { outcome: 'review', reasons: [], transfers: [] },
    }),
    state: row.state,
    isSent,
    isOut: isSent || row.handedOutAt !== undefined,
    ...problem,
  }
}

/** Newest first. */
export function waitingEntries(rows: readonly OutboxRow[], previews: readonly Preview[]): WaitingEntry[] {
  const byId = new Map(previews.map((preview) => [preview.id as string, preview]))
  return rows.map((row) => waitingEntry(row, byId.get(row.id))).reverse()
}
