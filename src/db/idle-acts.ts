/** Acts that the fold has let go because they count nothing, by their rows: what the backend finds by its records. */

import type { ActivityId } from '../domain/base/ids.ts'
import type { Instant } from '../domain/base/time.ts'
import type { PostedActivity } from '../domain/ledger/ledger-state.ts'
import { openCommand } from '../domain/ledger/open-record.ts'
import { isActKind } from './act-kind.ts'
import type { LedgerDb } from './database.ts'
import type { EntryRow, OutboxRow } from './tables.ts'

export interface IdleAct {
  readonly act: PostedActivity
  readonly postedAt: Instant
}

/** Undefined for what is no act, or for one that counts: that the fold has forgotten with its day. */
export function idleActOf(entry: EntryRow, later: readonly EntryRow[]): IdleAct | undefined {
  const { id, code, occurredAt, trust, kind, postedAt, mergedInto } = entry
  if (!isActKind(kind) || code === undefined || occurredAt === undefined || !trust) return undefined
  const asked = later.filter(({ outcome }) => outcome !== 'refused')
  const isWithdrawn = asked.some((each) => each.kind === 'activity.withdraw')
  const all = [entry, ...asked]
  const worth = all.reduce((sum, { grams, points }) => sum + grams + points, 0)
  if (worth !== 0 && !isWithdrawn && mergedInto === undefined) return undefined
  const verdict = asked.findLast((each) => each.kind === 'review.decide')?.outcome ?? entry.outcome
  const isAppealed = asked.some((each) => each.kind === 'activity.appeal')
  return {
    postedAt,
    act: {
      id: id as ActivityId,
      code,
      startedAt: occurredAt,
      trust,
      quantity: 0,
      outcome: mergedInto !== undefined ? 'superseded' : isWithdrawn ? 'withdrawn' : verdict,
      grams: 0,
      points: 0,
      ...(isAppealed ? { appealed: true } : {}),
    },
  }
}

/** Of the acts that waiting commands are about, those that count nothing: the fold may have let them go. */
export async function readIdleActs(db: LedgerDb, outbox: readonly OutboxRow[]): Promise<readonly IdleAct[]> {
  const wanted = outbox.flatMap(aboutOf)
  if (wanted.length === 0) return []
  const entries = await db.entries.where('id').anyOf(wanted).toArray()
  const later = await db.entries.where('about').anyOf(wanted).sortBy('seq')
  return entries.flatMap(
    (entry) =>
      idleActOf(
        entry,
        later.filter((each) => each.about === entry.id),
      ) ?? [],
  )
}

/** By the row, which stays the same object while it does not change. */
const about = new WeakMap<OutboxRow, ActivityId[]>()

function aboutOf(row: OutboxRow): ActivityId[] {
  const known = about.get(row) ?? actsIn(row.text)
  about.set(row, known)
  return known
}

function actsIn(text: string): ActivityId[] {
  if (!/"kind":"activity\.(?:withdraw|appeal)"/.test(text)) return []
  const { kind, body } = openCommand(text)
  return kind === 'activity.withdraw' || kind === 'activity.appeal' ? [body.activityId] : []
}
