/** What the OpenAPI document says of the desk's routes by area: what waits, offers, content, what is published, scores, totals. */

import { alertDraftSchema } from '../../../src/contract/alert.ts'
import { cityContentSchema } from '../../../src/contract/catalog.ts'
import { contentPacksSchema, packKeySchema, packUploadSchema } from '../../../src/contract/desk/content.ts'
import { alertPreviewSchema, deskAlertsSchema, deskEventsSchema } from '../../../src/contract/desk/feeds.ts'
import { DESK_LISTS, type ListShape, queryOf } from '../../../src/contract/desk/lists.ts'
import {
  deskOffersSchema,
  doneOrProposedSchema,
  offerDraftSchema,
  offerStopSchema,
  offerVersionsSchema,
  stockRaiseSchema,
} from '../../../src/contract/desk/offers.ts'
import {
  deskCallOffSchema,
  deskPlantingDraftSchema,
  deskPlantingsSchema,
} from '../../../src/contract/desk/planting.ts'
import { servicesSchema } from '../../../src/contract/desk/services.ts'
import { weeksSchema } from '../../../src/contract/desk/totals.ts'
import { scoreDraftSchema, scoredSchema } from '../../../src/contract/desk/voices.ts'
import { waitingSchema } from '../../../src/contract/desk/waiting.ts'
import { describe } from '../describe.ts'
import { ops, opsToChange } from '../words.ts'

const listed = (shape: ListShape) =>
  ({ ...ops, optionalQuery: queryOf(shape), problems: [...ops.problems, 'malformed'] }) as const
const acted = { ...opsToChange, problems: [...opsToChange.problems, 'already_decided', 'busy'] } as const

export const areaWords = {
  waiting: describe({ ...ops, summary: 'What waits at the desk', answer: waitingSchema }),
  weeks: describe({
    ...listed(DESK_LISTS.weeks),
    summary: 'Weeks that are over by city',
    answer: weeksSchema,
  }),
  offers: describe({ ...listed(DESK_LISTS.offers), summary: 'Offers at the desk', answer: deskOffersSchema }),
  offerVersions: describe({
    ...ops,
    summary: 'Versions of an offer',
    params: ['offerId'],
    answer: offerVersionsSchema,
  }),
  publishOffer: describe({
    ...acted,
    summary: 'Publish an offer or a version of one',
    body: offerDraftSchema,
    answer: doneOrProposedSchema,
  }),
  stopOffer: describe({
    ...acted,
    summary: 'End an offer earlier',
    params: ['offerId'],
    body: offerStopSchema,
    answer: doneOrProposedSchema,
  }),
  raiseStock: describe({
    ...acted,
    summary: 'Add pieces or money to an offer',
    params: ['offerId'],
    body: stockRaiseSchema,
    answer: doneOrProposedSchema,
  }),
  contentPacks: describe({
    ...listed(DESK_LISTS.content),
    summary: 'Content packs of the desk',
    answer: contentPacksSchema,
  }),
  servedContent: describe({
    ...ops,
    summary: 'The content pack of a city that is in force',
    params: ['city'],
    answer: cityContentSchema,
  }),
  services: describe({
    ...listed(DESK_LISTS.services),
    summary: 'Services that report at the desk',
    answer: servicesSchema,
  }),
  publishPack: describe({
    ...acted,
    summary: 'Publish a content pack',
    params: ['city'],
    body: packUploadSchema,
  }),
  takePackBack: describe({
    ...acted,
    summary: 'Take a content pack back',
    params: ['city'],
    body: packKeySchema,
  }),
  events: describe({ ...listed(DESK_LISTS.events), summary: 'Events at the desk', answer: deskEventsSchema }),
  planting: describe({
    ...listed(DESK_LISTS.planting),
    summary: 'Planting days at the desk',
    answer: deskPlantingsSchema,
  }),
  publishPlanting: describe({
    ...acted,
    summary: 'Publish a planting day or change one',
    body: deskPlantingDraftSchema,
    answer: doneOrProposedSchema,
  }),
  callOffPlanting: describe({
    ...acted,
    summary: 'Call a planting day off',
    params: ['dayId'],
    body: deskCallOffSchema,
  }),
  alerts: describe({
    ...listed(DESK_LISTS.alerts),
    summary: 'Warnings at the desk',
    answer: deskAlertsSchema,
  }),
  previewAlert: describe({
    ...opsToChange,
    summary: 'A warning as it would go out',
    body: alertDraftSchema,
    answer: alertPreviewSchema,
  }),
  score: describe({
    ...acted,
    summary: 'Score a nominated case',
    params: ['accountId', 'voiceId'],
    body: scoreDraftSchema,
    answer: scoredSchema,
  }),
} as const
