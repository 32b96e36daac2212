/** What the OpenAPI document says of the routes of services that report, and of the operator's side of them. */

import { doneOrProposedSchema } from '../../src/contract/desk/offers.ts'
import { eventCountsSchema } from '../../src/contract/desk/services.ts'
import { deliveredSchema } from '../../src/contract/desk.ts'
import { linksSchema } from '../../src/contract/links.ts'
import { providerDraftSchema, providersAnswerSchema } from '../../src/contract/providers.ts'
import {
  checkAnswerSchema,
  claimedSchema,
  pollAnswerSchema,
  pollSchema,
  pushAnswerSchema,
  pushSchema,
  redeemedSchema,
  redeemSchema,
  SET_TYPE,
} from '../../src/contract/report.ts'
import { describe } from './describe.ts'
import { catalog, mine, mineToChange, ops, opsToChange } from './words.ts'

/** Not by a browser, but a page of another origin is refused there, too. */
const provider = {
  tag: 'providers',
  params: ['providerId'],
  security: 'provider',
  problems: ['not_signed_in', 'origin_refused', 'too_many_requests'],
} as const
export const providerWords = {
  demoPickup: describe({
    ...mineToChange,
    tag: 'demo',
    summary: 'The simulated service comes one step nearer with a booked pick-up',
    params: ['accountId', 'pickupId'],
  }),
  links: describe({ ...mine, summary: 'Linked services', answer: linksSchema }),
  providers: describe({
    ...catalog,
    summary: 'Services that report, with their keys',
    answer: providersAnswerSchema,
  }),
  claim: describe({
    ...catalog,
    summary: 'Whether an act of a provider was claimed here',
    params: ['claimId'],
    answer: claimedSchema,
    problems: ['not_found', 'too_many_requests'],
  }),
  pushReports: describe({
    ...provider,
    // Each token speaks for itself.
    security: 'none',
    summary: 'Push reports, one or many',
    body: pushSchema,
    bodyMedia: [SET_TYPE],
    answer: pushAnswerSchema,
    isTaken: true,
    problems: ['not_found', 'origin_refused', 'too_many_requests', 'busy'],
  }),
  checkReport: describe({
    ...provider,
    security: 'none',
    summary: 'Check a report without delivering it',
    bodyMedia: [SET_TYPE],
    answer: checkAnswerSchema,
    problems: ['not_found', 'origin_refused', 'too_many_requests'],
  }),
  redeemLinkCode: describe({
    ...provider,
    summary: 'Redeem the code that a person has shown',
    body: redeemSchema,
    answer: redeemedSchema,
    problems: [...provider.problems, 'code_expired'],
  }),
  pollFeed: describe({
    ...provider,
    summary: 'What a provider is told',
    body: pollSchema,
    answer: pollAnswerSchema,
  }),
  eventCounts: describe({ ...ops, summary: 'Reports by provider and state', answer: eventCountsSchema }),
  publishProvider: describe({
    ...opsToChange,
    summary: 'Publish a service that reports',
    params: ['providerId'],
    body: providerDraftSchema,
    answer: doneOrProposedSchema,
    problems: [...opsToChange.problems, 'busy'],
  }),
  revokeProviderKey: describe({
    ...opsToChange,
    summary: 'Revoke a key of a service',
    params: ['providerId', 'kid'],
  }),
  deliverFile: describe({
    ...opsToChange,
    summary: 'Deliver a file of acts for a service without engineers',
    params: ['providerId'],
    bodyMedia: ['text/csv'],
    answer: deliveredSchema,
  }),
} as const
