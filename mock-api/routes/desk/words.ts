/** What the OpenAPI document says of the desk's own routes: the door, people, proposals, the journal. */

import * as v from 'valibot'
import { officeJournalSchema, officeRecordsSchema } from '../../../src/contract/desk/journal.ts'
import { DESK_LISTS, queryOf } from '../../../src/contract/desk/lists.ts'
import {
  addPasskeySchema,
  ceremonySchema,
  deskDoorSchema,
  deskSessionSchema,
  enrolledSchema,
  enrolOptionsSchema,
  enrolSchema,
  invitationSchema,
  invitedSchema,
  operatorStateSchema,
  passkeysSchema,
  peopleSchema,
  recoveryCodesSchema,
  recoverySchema,
  rolesSchema,
  sampleSessionSchema,
  signInByPasskeySchema,
} from '../../../src/contract/desk/operators.ts'
import {
  proposalDecisionSchema,
  proposalSchema,
  proposalsSchema,
  proposedSchema,
} from '../../../src/contract/desk/proposals.ts'
import { describe } from '../describe.ts'
import { ops, opsToChange } from '../words.ts'

const door = {
  tag: 'ops',
  security: 'none',
  problems: ['origin_refused', 'passkey_refused', 'too_many_requests'],
} as const
const enrolment = {
  ...door,
  security: 'enrolment',
  problems: [...door.problems, 'not_signed_in', 'not_allowed', 'code_wrong', 'code_expired'],
} as const
const own = {
  ...opsToChange,
  problems: [...opsToChange.problems, 'passkey_refused', 'too_many_requests'],
} as const
const decided = { ...opsToChange, problems: [...opsToChange.problems, 'already_decided', 'busy'] } as const

/** Done at once, or the proposal that it became. */
const doneOrProposed = v.partial(proposedSchema)

export const deskWords = {
  door: describe({ ...door, summary: 'Who may come in at the desk', answer: deskDoorSchema, problems: [] }),
  enrolOptions: describe({
    ...enrolment,
    summary: 'Begin to enrol at the desk',
    body: enrolOptionsSchema,
    answer: ceremonySchema,
  }),
  enrol: describe({
    ...door,
    summary: 'Enrol at the desk',
    body: enrolSchema,
    answer: enrolledSchema,
    problems: [...enrolment.problems, 'already_decided', 'busy'],
  }),
  signInOptions: describe({ ...door, summary: 'Begin to sign in at the desk', answer: ceremonySchema }),
  signIn: describe({ ...door, summary: 'Sign in at the desk', body: signInByPasskeySchema }),
  recover: describe({
    ...door,
    summary: 'Sign in at the desk by a recovery code',
    body: recoverySchema,
    problems: [...door.problems, 'code_wrong'],
  }),
  sampleSession: describe({
    ...door,
    summary: 'Try the desk of a demo as a sample person',
    body: sampleSessionSchema,
    problems: ['origin_refused', 'not_found'],
  }),
  session: describe({ ...ops, summary: 'Who is signed in at the desk', answer: deskSessionSchema }),
  leave: describe({ ...opsToChange, summary: 'Leave the desk' }),
  stepUpOptions: describe({ ...own, summary: 'Begin to confirm by a passkey', answer: ceremonySchema }),
  stepUp: describe({
    ...own,
    summary: 'Confirm by a passkey',
    body: signInByPasskeySchema,
    answer: deskSessionSchema,
  }),
  passkeys: describe({ ...ops, summary: 'My passkeys', answer: passkeysSchema }),
  addPasskeyOptions: describe({ ...own, summary: 'Begin to add a passkey', answer: ceremonySchema }),
  addPasskey: describe({
    ...own,
    summary: 'Add a passkey',
    body: addPasskeySchema,
    answer: passkeysSchema,
  }),
  revokePasskey: describe({ ...own, summary: 'Revoke my passkey', params: ['credentialId'] }),
  renewRecoveryCodes: describe({ ...own, summary: 'New recovery codes', answer: recoveryCodesSchema }),
  people: describe({
    ...ops,
    summary: 'People at the desk',
    optionalQuery: queryOf(DESK_LISTS.people),
    answer: peopleSchema,
    problems: [...ops.problems, 'malformed'],
  }),
  invite: describe({
    ...decided,
    summary: 'Invite somebody to the desk',
    body: invitationSchema,
    answer: v.strictObject({ ...invitedSchema.entries, ...doneOrProposed.entries }),
  }),
  roles: describe({
    ...decided,
    summary: 'Change the roles of somebody at the desk',
    params: ['operatorId'],
    body: rolesSchema,
    answer: doneOrProposed,
  }),
  state: describe({
    ...decided,
    summary: 'Suspend somebody at the desk, or let them back in',
    params: ['operatorId'],
    body: operatorStateSchema,
  }),
  revokeOthersPasskey: describe({
    ...decided,
    summary: 'Revoke a passkey of somebody at the desk',
    params: ['operatorId', 'credentialId'],
  }),
  proposals: describe({
    ...ops,
    summary: 'Proposals',
    optionalQuery: queryOf(DESK_LISTS.proposals),
    answer: proposalsSchema,
    problems: [...ops.problems, 'malformed'],
  }),
  proposal: describe({ ...ops, summary: 'One proposal', params: ['proposalId'], answer: proposalSchema }),
  decideProposal: describe({
    ...decided,
    summary: 'Approve or reject a proposal',
    params: ['proposalId'],
    body: proposalDecisionSchema,
    answer: proposalSchema,
  }),
  journal: describe({
    ...ops,
    summary: 'Journal of an office',
    params: ['office'],
    optionalQuery: ['after'],
    answer: officeJournalSchema,
    problems: [...ops.problems, 'malformed'],
  }),
  records: describe({
    ...ops,
    summary: 'Records of an office to look through',
    params: ['office'],
    optionalQuery: queryOf(DESK_LISTS.journal),
    answer: officeRecordsSchema,
    problems: [...ops.problems, 'malformed'],
  }),
} as const
