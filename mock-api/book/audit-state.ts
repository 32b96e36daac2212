/** Whether the stored state of an account is what its records fold to: whole, or in its pieces. Part of the audit. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { headOf } from '../../src/domain/ledger/ledger-part.ts'
import type { Ledger } from '../../src/domain/ledger/ledger-state.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { AccountWithState } from '../storage/accounts.ts'
import { readAllDays, readDigests } from '../storage/day-acts.ts'
import type { Queryable } from '../storage/db.ts'
import { openState } from '../storage/state.ts'

const DIFFERS = 'the stored state differs from the fold'

/** What differs first; undefined when nothing does. @param folded from the records, whole */
export async function findStateFault(
  db: Queryable,
  { accountId, state }: AccountWithState,
  folded: Ledger,
): Promise<string | undefined> {
  if (state === null) return DIFFERS
  const { ledger } = openState(state)
  if (canonicalJson(headOf(ledger)) !== canonicalJson(headOf(folded))) return DIFFERS
  // Beside a whole state, what stands in pieces is of no meaning: it is of before a process of an older version.
  if (!ledger.part) return canonicalJson(ledger.days) === canonicalJson(folded.days) ? undefined : DIFFERS
  return (await findDayFault(db, accountId, folded)) ?? (await findDigestFault(db, accountId, folded))
}

export async function hasDays(db: Queryable, accountId: AccountId): Promise<boolean> {
  const { texts } = await readAllDays(db, accountId)
  return texts.size > 0 || (await readDigests(db, accountId)).length > 0
}

async function findDayFault(
  db: Queryable,
  accountId: AccountId,
  { days }: Ledger,
): Promise<string | undefined> {
  const { texts } = await readAllDays(db, accountId)
  for (const [day, acts] of Object.entries(days)) {
    const text = texts.get(day)
    if (text === undefined) return `the acts of ${day} are not stored`
    if (canonicalJson(JSON.parse(text)) !== canonicalJson(acts))
      return `the stored acts of ${day} differ from the fold`
  }
  const extra = [...texts.keys()].find((day) => days[day] === undefined)
  return extra === undefined ? undefined : `acts of ${extra} are stored that the fold does not have`
}

async function findDigestFault(
  db: Queryable,
  accountId: AccountId,
  { days }: Ledger,
): Promise<string | undefined> {
  const wanted = new Set(
    Object.entries(days).flatMap(([day, acts]) =>
      acts.flatMap(({ digest, file }) =>
        [digest, file].flatMap((each) => (each === undefined ? [] : [`${day} ${each}`])),
      ),
    ),
  )
  const stored = new Set((await readDigests(db, accountId)).map(({ digest, day }) => `${day} ${digest}`))
  if ([...wanted].some((each) => !stored.has(each))) return 'a track is not found by its digest'
  if (stored.size > wanted.size) return 'a digest leads to a day without its track'
  return undefined
}
