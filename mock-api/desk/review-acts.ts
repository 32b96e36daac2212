/** Verdicts on acts that wait for a person: one by one, or a whole case. What is decided already is left as it was decided. */
import * as v from 'valibot'
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import type { OfficeAct } from '../base/office-act.ts'
import { type CaseDecided, decideCase } from '../book/decide-case.ts'
import { type Decided, decideReview } from '../book/decide-review.ts'
import { isFault } from '../book/errors.ts'

const accountId = v.pipe(
  v.string(),
  v.transform((text) => text as AccountId),
)
const decision = v.picklist(['grant', 'decline'])
const note = v.exactOptional(v.string())

const reviewSchema = v.strictObject({
  accountId,
  activityId: v.pipe(
    v.string(),
    v.transform((text) => text as ActivityId),
  ),
  verdict: v.strictObject({
    decision,
    rewardGrams: v.exactOptional(v.number()),
    points: v.exactOptional(v.number()),
    note,
  }),
})

/** Undefined: nothing waited any more. */
export const decideReviewAct: OfficeAct<v.InferOutput<typeof reviewSchema>, Decided | undefined> = {
  name: 'review.decide',
  payload: reviewSchema,
  isPersonal: true,
  run: (deps, { actId: act, payload: { accountId: of, ...about } }) =>
    unlessDone(decideReview(deps, of, { ...about, act })),
}

const caseSchema = v.strictObject({
  accountId,
  cause: v.string(),
  verdict: v.strictObject({ decision, note }),
})

export const decideCaseAct: OfficeAct<v.InferOutput<typeof caseSchema>, CaseDecided | undefined> = {
  name: 'case.decide',
  payload: caseSchema,
  isPersonal: true,
  run: (deps, { actId: act, payload: { verdict, ...key } }) =>
    unlessDone(decideCase(deps, key, { ...verdict, act })),
}

export const REVIEW_ACTS: readonly OfficeAct[] = [decideReviewAct, decideCaseAct]

async function unlessDone<Answer>(decided: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await decided
  } catch (error) {
    if (isFault(error, 'nothing_waits')) return undefined
    throw error
  }
}
