/** What the OpenAPI document says of the routes of a branch's tills. */
import { syncAnswerSchema, syncRequestSchema } from '../../src/contract/sync.ts'
import { handedKeysSchema, tailAnswerSchema, tailPartSchema } from '../../src/contract/tail.ts'
import {
  tillCodeAnswerSchema,
  tillCodeRequestSchema,
  tillJoinedSchema,
  tillJoinSchema,
  tillPeopleSchema,
  tillRevokedSchema,
  tillStatusSchema,
} from '../../src/contract/till.ts'
import { describe } from './describe.ts'
import { demo, exchange, mine, session } from './words.ts'

const till = {
  tag: 'tills',
  params: ['accountId'],
  security: 'till',
  problems: [
    ...mine.problems,
    ...(['proof_refused', 'clock_off', 'till_revoked', 'merchant_suspended'] as const),
  ],
} as const
const tillToChange = { ...till, problems: [...till.problems, 'origin_refused'] } as const
const tillsExchange = { ...tillToChange, problems: [...tillToChange.problems, 'too_many_requests'] } as const
const manager = { ...till, problems: [...till.problems, 'manager_only'] } as const
const managerToChange = { ...manager, problems: [...manager.problems, 'origin_refused'] } as const

export const tillWords = {
  join: describe({
    ...session,
    tag: 'tills',
    security: 'proof',
    summary: 'Come in as a till',
    body: tillJoinSchema,
    answer: tillJoinedSchema,
    problems: [
      ...(['origin_refused', 'code_wrong', 'code_expired', 'proof_refused', 'clock_off'] as const),
      ...(['till_revoked', 'merchant_suspended', 'account_deleted', 'too_many_requests'] as const),
    ],
  }),
  sync: describe({
    ...tillsExchange,
    summary: 'Sync as a till',
    body: syncRequestSchema,
    answer: syncAnswerSchema,
    problems: [...tillsExchange.problems, 'busy'],
  }),
  tail: describe({
    ...tillsExchange,
    summary: 'Hand in the tail of a journal as a till',
    body: tailPartSchema,
    answer: tailAnswerSchema,
    problems: [...tillsExchange.problems, 'busy'],
  }),
  keys: describe({ ...tillsExchange, summary: 'Hand in keys as a till', body: handedKeysSchema }),
  status: describe({ ...till, summary: 'What a till works by without a network', answer: tillStatusSchema }),
  people: describe({ ...manager, summary: 'The tills of a branch', answer: tillPeopleSchema }),
  code: describe({
    ...managerToChange,
    summary: 'A code for a till',
    body: tillCodeRequestSchema,
    answer: tillCodeAnswerSchema,
    problems: [...managerToChange.problems, 'too_many_requests'],
  }),
  revoke: describe({
    ...managerToChange,
    summary: 'Cut a till off',
    params: ['accountId', 'tillId'],
    answer: tillRevokedSchema,
  }),
  demoCode: describe({
    ...demo,
    summary: 'A code for the manager of a sample shop',
    params: ['merchantId'],
    answer: tillCodeAnswerSchema,
  }),
  leave: describe({
    ...exchange,
    tag: 'tills',
    security: 'cookie',
    summary: 'Leave as a till',
    problems: ['origin_refused', 'not_found'],
  }),
} as const
