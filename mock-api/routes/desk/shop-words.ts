/** What the OpenAPI document says of the desk's routes about shops and their money. */
import { DESK_LISTS, queryOf } from '../../../src/contract/desk/lists.ts'
import { doneOrProposedSchema } from '../../../src/contract/desk/offers.ts'
import {
  branchDraftSchema,
  deskDisputesSchema,
  deskMerchantsSchema,
  deskTillCodeSchema,
  deskTillsSchema,
  disputeDecidedSchema,
  disputeDecisionSchema,
  foundVoucherSchema,
  merchantDraftSchema,
  merchantStateSchema,
  paidSchema,
  payoutSchema,
  statementsSchema,
  takingsSchema,
} from '../../../src/contract/desk/shops.ts'
import { tillCodeAnswerSchema, tillRevokedSchema } from '../../../src/contract/till.ts'
import { describe } from '../describe.ts'
import { ops, opsToChange } from '../words.ts'

const listed = (optionalQuery: readonly string[]) =>
  ({ ...ops, optionalQuery, problems: [...ops.problems, 'malformed', 'account_deleted'] }) as const
const acted = {
  ...opsToChange,
  problems: [...opsToChange.problems, 'already_decided', 'account_deleted', 'busy'],
} as const
const ofBranch = { params: ['accountId'] } as const

export const shopWords = {
  merchants: describe({
    ...listed(queryOf(DESK_LISTS.shops)),
    summary: 'Merchants with their branches',
    answer: deskMerchantsSchema,
  }),
  join: describe({ ...acted, summary: 'A merchant joins', body: merchantDraftSchema }),
  branch: describe({
    ...acted,
    summary: 'Another branch of a merchant',
    params: ['merchantId'],
    body: branchDraftSchema,
  }),
  state: describe({
    ...acted,
    summary: 'Suspend a merchant or let it go on',
    params: ['merchantId'],
    body: merchantStateSchema,
    answer: doneOrProposedSchema,
  }),
  tills: describe({
    ...listed([]),
    ...ofBranch,
    summary: 'Tills of a branch at the desk',
    answer: deskTillsSchema,
  }),
  code: describe({
    ...acted,
    ...ofBranch,
    summary: 'A code for a till by the desk',
    body: deskTillCodeSchema,
    answer: tillCodeAnswerSchema,
  }),
  cut: describe({
    ...acted,
    summary: 'Cut a till off by the desk',
    params: ['accountId', 'tillId'],
    answer: tillRevokedSchema,
  }),
  takings: describe({
    ...listed([...queryOf(DESK_LISTS.takings), 'from', 'to']),
    ...ofBranch,
    summary: 'What a branch took in',
    answer: takingsSchema,
  }),
  statements: describe({
    ...listed(queryOf(DESK_LISTS.statements)),
    ...ofBranch,
    summary: 'Statements of a branch',
    answer: statementsSchema,
  }),
  pay: describe({ ...acted, summary: 'Pay a statement', body: payoutSchema, answer: paidSchema }),
  voucher: describe({
    ...ops,
    summary: 'A voucher by its number',
    query: ['merchant', 'number'],
    answer: foundVoucherSchema,
    problems: [...ops.problems, 'account_deleted'],
  }),
  disputes: describe({
    ...listed(queryOf(DESK_LISTS.disputes)),
    summary: 'Disputes that wait',
    answer: deskDisputesSchema,
  }),
  decide: describe({
    ...acted,
    summary: 'Decide a dispute',
    params: ['accountId', 'voucherId'],
    body: disputeDecisionSchema,
    answer: disputeDecidedSchema,
  }),
} as const
