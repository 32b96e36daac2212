/** What the OpenAPI document says of the operator's routes of before there was a desk; its own stand in desk/words.ts and desk/area-words.ts. */

import { alertDraftSchema, alertSchema } from '../../src/contract/alert.ts'
import { DESK_LISTS, queryOf } from '../../src/contract/desk/lists.ts'
import {
  caseActsSchema,
  caseDecidedSchema,
  casesSchema,
  caseVerdictSchema,
  decidedSchema,
  pendingReviewsSchema,
  reviewVerdictSchema,
} from '../../src/contract/desk/reviews.ts'
import { voiceAnswerSchema, voicesSchema } from '../../src/contract/desk/voices.ts'
import { occurrenceDraftSchema, occurrenceSchema, withdrawalDraftSchema } from '../../src/contract/events.ts'
import { PHOTO_TYPES } from '../../src/domain/taking-part/voice.ts'
import { describe } from './describe.ts'
import { ops, opsToChange } from './words.ts'

/** What the operator decides is written into somebody's journal. */
const opsToDecide = {
  ...opsToChange,
  problems: [...opsToChange.problems, 'account_deleted', 'busy'],
} as const

/** Reviews by case and one by one, what citizens say, events and warnings. */
export const opsWords = {
  voices: describe({
    ...ops,
    summary: 'Open feedback and nominations',
    optionalQuery: ['kind', ...queryOf(DESK_LISTS.voices)],
    answer: voicesSchema,
    problems: [...ops.problems, 'malformed'],
  }),
  answerVoice: describe({
    ...opsToDecide,
    summary: 'Answer feedback or a nomination',
    params: ['accountId', 'voiceId'],
    body: voiceAnswerSchema,
    answer: voiceAnswerSchema,
  }),
  voicePhoto: describe({
    ...ops,
    summary: 'Photo of a nomination, for the operator',
    params: ['accountId', 'digest'],
    media: PHOTO_TYPES,
  }),
  reviews: describe({ ...ops, summary: 'Pending reviews', answer: pendingReviewsSchema }),
  decideReview: describe({
    ...opsToDecide,
    summary: 'Decide a review',
    params: ['accountId', 'activityId'],
    body: reviewVerdictSchema,
    answer: decidedSchema,
  }),
  cases: describe({
    ...ops,
    summary: 'Cases to review',
    optionalQuery: queryOf(DESK_LISTS.reviews),
    answer: casesSchema,
    problems: [...ops.problems, 'malformed'],
  }),
  caseActs: describe({
    ...ops,
    summary: 'Acts of a case',
    params: ['accountId', 'cause'],
    optionalQuery: ['after'],
    answer: caseActsSchema,
    problems: [...ops.problems, 'malformed'],
  }),
  decideCase: describe({
    ...opsToDecide,
    summary: 'Decide a whole case',
    params: ['accountId', 'cause'],
    body: caseVerdictSchema,
    answer: caseDecidedSchema,
  }),
  publishEvent: describe({
    ...opsToChange,
    summary: 'Publish an event',
    body: occurrenceDraftSchema,
    answer: occurrenceSchema,
  }),
  withdrawEvent: describe({
    ...opsToChange,
    summary: 'Withdraw an event',
    params: ['occurrenceId'],
    body: withdrawalDraftSchema,
    answer: occurrenceSchema,
  }),
  publishAlert: describe({
    ...opsToChange,
    summary: 'Publish a warning',
    body: alertDraftSchema,
    answer: alertSchema,
  }),
} as const
