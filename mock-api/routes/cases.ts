/** The review desk by case, a page at a time: all acts of one account with one cause are one row, and its acts are paged beneath. Appeals go first. */
import * as v from 'valibot'
import { textOf } from '../../src/contract/plain-text.ts'
import type { Deps } from '../base/deps.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { type CaseDecided, decideCase } from '../book/decide-case.ts'
import { readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { placeIn, placeText } from '../http/place.ts'
import { accountParam } from '../http/session.ts'
import {
  type ActPlace,
  type CaseKey,
  type CasePlace,
  type CaseRow,
  readCaseActs,
  readCases,
} from '../storage/review-cases.ts'
import { NOTE_MAX, pendingOf, pendingReviewSchema } from './ops.ts'

const CASES_PER_PAGE = 50
/** Each with its record: some hundred kilobytes. */
const ACTS_PER_PAGE = 50

export const casesSchema = v.strictObject({
  cases: v.array(
    v.strictObject({
      accountId: v.string(),
      cause: v.string(),
      openedAt: v.number(),
      acts: v.number(),
    }),
  ),
  /** Where the next page begins: `?after=`. Absent on the last. */
  next: v.exactOptional(v.string()),
})

export const caseActsSchema = v.strictObject({
  acts: v.array(pendingReviewSchema),
  next: v.exactOptional(v.string()),
})

export const caseVerdictSchema = v.strictObject({
  decision: v.picklist(['grant', 'decline']),
  note: v.exactOptional(textOf(NOTE_MAX)),
})

export const caseDecidedSchema = v.strictObject({ decided: v.number(), left: v.number() })

const whole = v.pipe(v.number(), v.safeInteger())
const casePlaceSchema = v.strictTuple([whole, whole, v.string(), v.string()])
const actPlaceSchema = v.strictTuple([whole, v.string()])

export async function listCases(c: HttpContext, deps: Deps): Promise<v.InferOutput<typeof casesSchema>> {
  await requireRole(c, deps, 'reviewer')
  const given = placeIn(c, casePlaceSchema)
  const after = given && { rank: given[0], openedAt: given[1], accountId: given[2], cause: given[3] }
  const rows = await readCases(deps.db, after as CasePlace | undefined, CASES_PER_PAGE)
  const last = rows.length === CASES_PER_PAGE ? rows.at(-1) : undefined
  const cases = rows.map(({ accountId, cause, openedAt, acts }: CaseRow) => ({
    accountId,
    cause,
    openedAt,
    acts,
  }))
  return { cases, ...(last ? { next: placeText(last.rank, last.openedAt, last.accountId, last.cause) } : {}) }
}

export async function listCaseActs(
  c: HttpContext,
  deps: Deps,
): Promise<v.InferOutput<typeof caseActsSchema>> {
  await requireRole(c, deps, 'reviewer')
  const given = placeIn(c, actPlaceSchema)
  const after: ActPlace | undefined = given && { openedAt: given[0], activityId: given[1] }
  const rows = await readCaseActs(deps.db, caseIn(c), { after, limit: ACTS_PER_PAGE })
  const acts: v.InferOutput<typeof pendingReviewSchema>[] = []
  for (const row of rows) acts.push(await pendingOf(deps, row))
  const last = rows.length === ACTS_PER_PAGE ? rows.at(-1) : undefined
  return { acts, ...(last ? { next: placeText(last.openedAt, last.activityId) } : {}) }
}

export async function decideCaseRoute(c: HttpContext, deps: Deps): Promise<CaseDecided> {
  await requireRole(c, deps, 'reviewer')
  const key = caseIn(c)
  return decideCase(deps, key, await readJson(c, caseVerdictSchema, BODY_BYTES_MAX))
}

function caseIn(c: HttpContext): CaseKey {
  return { accountId: accountParam(c), cause: c.req.param('cause') ?? '' }
}
