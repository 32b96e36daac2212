/** What the OpenAPI document says of the routes of planting days. */
import {
  demoPlantingSchema,
  plantingDaySchema,
  plantingDaysSchema,
  plantingDraftSchema,
} from '../../src/contract/planting.ts'
import { describe } from './describe.ts'
import { catalog, mineToChange } from './words.ts'

export const plantingWords = {
  days: describe({
    ...catalog,
    summary: 'Planting days of a city, with the places left',
    params: ['city'],
    answer: plantingDaysSchema,
    problems: ['not_found'],
  }),
  publish: describe({
    tag: 'providers',
    security: 'provider',
    summary: 'Publish a planting day, change it or call it off',
    params: ['providerId', 'dayId'],
    body: plantingDraftSchema,
    answer: plantingDaySchema,
    problems: ['not_signed_in', 'not_found', 'origin_refused', 'too_many_requests', 'busy'],
  }),
  demo: describe({
    ...mineToChange,
    tag: 'demo',
    summary: 'The simulated organiser says whether somebody came',
    params: ['accountId', 'joinId'],
    body: demoPlantingSchema,
  }),
} as const
