/**
 * Which acts stand on their tracks. The account's state knows those of its window that count; of an act that it has let go, because it counts
 * nothing or is long past, the record tells, and what was decided on it since.
 */
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import { findActivity, type Ledger } from '../../src/domain/ledger/ledger.ts'
import { isStandingTrack } from '../../src/domain/ledger/ledger-usage.ts'
import type { Outcome } from '../../src/domain/ledger/record.ts'
import type { Queryable } from '../storage/db.ts'
import type { EvidenceRow } from '../storage/evidence.ts'
import { readKnown, readLastStep } from '../storage/records.ts'
import { type ReviewRow, readReviews } from '../storage/reviews.ts'

const FELL: ReadonlySet<Outcome> = new Set(['rejected', 'refused'])

/** Digests of one account's claims on which an act stands. */
export async function standingOf(
  db: Queryable,
  account: { readonly accountId: AccountId; readonly ledger: Ledger },
  rows: readonly EvidenceRow[],
): Promise<ReadonlySet<string>> {
  const { accountId, ledger } = account
  const inState = rows.filter(({ digest }) => isStandingTrack(ledger, digest))
  const letGo = rows.filter(
    (row) => !inState.includes(row) && !findActivity(ledger, row.commandId as ActivityId),
  )
  const acts = letGo.map(({ commandId }) => commandId)
  const outcomes = await outcomesOf(db, accountId, acts)
  const reviews = await readReviews(db, accountId, acts)
  const byRecord = letGo.filter(({ commandId }) => {
    const outcome = outcomes.get(commandId)
    return outcome !== undefined && !FELL.has(outcome) && reviews.get(commandId)?.state !== 'withdrawn'
  })
  return new Set([...inState, ...byRecord].map(({ digest }) => digest))
}

/** Claims of one account whose act has a record, and was rejected in it or by what was decided last. */
export async function fallenOf(
  db: Queryable,
  accountId: AccountId,
  rows: readonly EvidenceRow[],
): Promise<EvidenceRow[]> {
  const outcomes = await outcomesOf(
    db,
    accountId,
    rows.map(({ commandId }) => commandId),
  )
  return rows.filter(({ commandId }) => FELL.has(outcomes.get(commandId) ?? 'accepted'))
}

/** Whether an act has a record and counts by what was decided last. */
export async function isStandingAct(
  db: Queryable,
  accountId: AccountId,
  activityId: string,
): Promise<boolean> {
  const outcome = (await outcomesOf(db, accountId, [activityId])).get(activityId)
  if (outcome === undefined || FELL.has(outcome)) return false
  return (await readReviews(db, accountId, [activityId])).get(activityId)?.state !== 'withdrawn'
}

/** By their records, and by an operator's last word on those that one has looked at. */
async function outcomesOf(
  db: Queryable,
  accountId: AccountId,
  acts: readonly string[],
): Promise<ReadonlyMap<string, Outcome>> {
  if (acts.length === 0) return new Map()
  const known = await readKnown(db, accountId, acts)
  const outcomes = new Map([...known].map(([id, { outcome }]) => [id, outcome]))
  for (const id of looked(await readReviews(db, accountId, acts))) {
    const decided = await readLastStep(db, accountId, `review.decide:${id}:`)
    if (decided) outcomes.set(id, decided.outcome)
  }
  return outcomes
}

function looked(reviews: ReadonlyMap<string, ReviewRow>): string[] {
  return [...reviews].filter(([, { cause }]) => cause !== 'withdrawn').map(([id]) => id)
}
