/** The review desk: what waits for a person, by act and by case, and the verdict on it. */
import * as v from 'valibot'
import { textOf } from '../plain-text.ts'

export const REVIEW_NOTE_MAX = 500
/** The pack's open day cap bounds what one act can be worth; ten times it is surely a slip of the keyboard. */
const GRANT_MAX = 60_000

const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(GRANT_MAX))

export const reviewVerdictSchema = v.strictObject({
  decision: v.picklist(['grant', 'decline']),
  rewardGrams: v.exactOptional(amount),
  points: v.exactOptional(amount),
  note: v.exactOptional(textOf(REVIEW_NOTE_MAX)),
})

export const decidedSchema = v.strictObject({
  outcome: v.picklist(['accepted', 'adjusted', 'rejected', 'review', 'refused']),
  rewardGrams: v.number(),
  points: v.number(),
})

const pendingReviewSchema = v.strictObject({
  accountId: v.string(),
  activityId: v.string(),
  openedAt: v.number(),
  /** The person's words, when it was appealed. */
  appeal: v.exactOptional(v.string()),
  /** Announced with the appeal, and whether its bytes have come: see `voices/:accountId/photos/:digest`. */
  photoDigest: v.exactOptional(v.string()),
  hasPhoto: v.exactOptional(v.boolean()),
  /** The first record's detail: command and assessment. */
  detail: v.exactOptional(v.looseObject({})),
})

/** The shape of before there were cases. */
export const pendingReviewsSchema = v.strictObject({ reviews: v.array(pendingReviewSchema) })

export const casesSchema = v.strictObject({
  cases: v.array(
    v.strictObject({
      accountId: v.string(),
      cause: v.string(),
      openedAt: v.number(),
      acts: v.number(),
      city: v.string(),
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
  note: v.exactOptional(textOf(REVIEW_NOTE_MAX)),
})

export const caseDecidedSchema = v.strictObject({ decided: v.number(), left: v.number() })

export type ReviewCase = v.InferOutput<typeof casesSchema>['cases'][number]
export type PendingReview = v.InferOutput<typeof pendingReviewSchema>
