/** What the OpenAPI document says of the routes of logging for somebody else. */
import {
  helperCodeAnswerSchema,
  helperCodeRequestSchema,
  helperJoinedSchema,
  helperJoinSchema,
  helperLoggedSchema,
  helperLogSchema,
  helpersAnswerSchema,
} from '../../src/contract/helping.ts'
import { describe } from './describe.ts'
import { exchange, mine, mineToChange, session } from './words.ts'

export const helpingWords = {
  helpers: describe({
    ...mine,
    summary: 'Who has come in to log for the account',
    answer: helpersAnswerSchema,
  }),
  helperCode: describe({
    ...mineToChange,
    summary: 'A code for a helper who was invited',
    params: ['accountId', 'helperId'],
    body: helperCodeRequestSchema,
    answer: helperCodeAnswerSchema,
    problems: [...mineToChange.problems, 'too_many_requests'],
  }),
  joinAsHelper: describe({
    ...session,
    summary: 'Come in as a helper',
    body: helperJoinSchema,
    answer: helperJoinedSchema,
    problems: [
      ...(['origin_refused', 'code_wrong', 'code_expired', 'helper_revoked'] as const),
      ...(['account_deleted', 'too_many_requests'] as const),
    ],
  }),
  logAsHelper: describe({
    ...exchange,
    security: 'helper',
    summary: 'Log as a helper',
    body: helperLogSchema,
    answer: helperLoggedSchema,
    problems: [...exchange.problems, 'helper_revoked', 'not_allowed', 'busy'],
  }),
  leaveAsHelper: describe({
    ...mine,
    summary: 'Leave as a helper',
    security: 'cookie',
    problems: ['origin_refused', 'not_found'],
  }),
} as const
