/** The review desk by case, a page at a time: all acts of one account with one cause are one row, and its acts are paged beneath. Appeals go first. */
import * as v from 'valibot'
import { DESK_LISTS } from '../../src/contract/desk/lists.ts'
import {
  type caseActsSchema,
  type casesSchema,
  caseVerdictSchema,
  type PendingReview,
} from '../../src/contract/desk/reviews.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { citiesOf } from '../../src/domain/ledger/operator.ts'
import type { Deps } from '../base/deps.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { actInOffice } from '../book/act-in-office.ts'
import { readLiving } from '../book/append.ts'
import type { CaseDecided } from '../book/decide-case.ts'
import { decideCaseAct } from '../desk/review-acts.ts'
import { readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { placeIn, placeText } from '../http/place.ts'
import { ProblemError } from '../http/problem.ts'
import { accountParam } from '../http/session.ts'
import {
  type ActPlace,
  type CaseKey,
  type CaseRow,
  countCaseActs,
  readCaseActs,
  readCases,
} from '../storage/review-cases.ts'
import { askedOf } from './desk/asked-list.ts'
import { cityOf, pendingOf } from './ops.ts'

const CASES_PER_PAGE = 50
/** Whoever audits reads them too. */
const REVIEWING = ['reviewer', 'auditor'] as const
/** Each with its record: some hundred kilobytes. */
const ACTS_PER_PAGE = 50

const whole = v.pipe(v.number(), v.safeInteger())
const casePlaceSchema = v.strictTuple([whole, v.string(), v.string()])
const actPlaceSchema = v.strictTuple([whole, v.string()])

/** Of the cities in which whoever asks may review. */
export async function listCases(c: HttpContext, deps: Deps): Promise<v.InferOutput<typeof casesSchema>> {
  const { roles } = await requireRole(c, deps, 'reviewer')
  const given = placeIn(c, casePlaceSchema)
  const { find, sort, filters } = askedOf(c, DESK_LISTS.reviews)
  const after = given && { place: given[0], accountId: given[1] as AccountId, cause: given[2] }
  const rows = await readCases(deps.db, {
    ...{ after, find, ...filters, cities: citiesOf(roles, REVIEWING), limit: CASES_PER_PAGE },
    ...(sort ? { order: sort.by, isDown: sort.isDown } : {}),
  })
  const last = rows.length === CASES_PER_PAGE ? rows.at(-1) : undefined
  const cases = rows.map(({ place: _place, ...row }: CaseRow) => row)
  return { cases, ...(last ? { next: placeText(last.place, last.accountId, last.cause) } : {}) }
}

export async function listCaseActs(
  c: HttpContext,
  deps: Deps,
): Promise<v.InferOutput<typeof caseActsSchema>> {
  const key = caseIn(c)
  await requireRole(c, deps, 'reviewer', await cityOf(deps, key))
  const given = placeIn(c, actPlaceSchema)
  const after: ActPlace | undefined = given && { openedAt: given[0], activityId: given[1] }
  const rows = await readCaseActs(deps.db, key, { after, limit: ACTS_PER_PAGE })
  const acts: PendingReview[] = []
  for (const row of rows) acts.push(await pendingOf(deps, row))
  const last = rows.length === ACTS_PER_PAGE ? rows.at(-1) : undefined
  return { acts, ...(last ? { next: placeText(last.openedAt, last.activityId) } : {}) }
}

export async function decideCaseRoute(c: HttpContext, deps: Deps): Promise<CaseDecided> {
  const key = caseIn(c)
  const city = await cityOf(deps, key)
  const operator = await requireRole(c, deps, 'reviewer', city)
  const verdict = await readJson(c, caseVerdictSchema, BODY_BYTES_MAX)
  await readLiving(deps.db, key.accountId)
  if ((await countCaseActs(deps.db, key)) === 0) throw new ProblemError('not_found')
  const subject = `case ${key.accountId} ${key.cause}`
  const payload = { ...key, verdict }
  const decided = await actInOffice(deps, operator, { act: decideCaseAct, ...city, subject, payload })
  if (!decided) throw new ProblemError('not_found')
  return decided
}

function caseIn(c: HttpContext): CaseKey {
  return { accountId: accountParam(c), cause: c.req.param('cause') ?? '' }
}
