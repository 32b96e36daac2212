/** What the OpenAPI document says of each route; the route table stands in app.ts. */
import { alertSchema, alertsAnswerSchema } from '../../src/contract/alert.ts'
import {
  cityContentSchema,
  healthSchema,
  keySetSchema,
  offersAnswerSchema,
} from '../../src/contract/catalog.ts'
import { eventCodeSchema, occurrencesAnswerSchema } from '../../src/contract/events.ts'
import { linkCodeRequestSchema, linkCodeSchema } from '../../src/contract/links.ts'
import {
  codeAnswerSchema,
  codeRequestSchema,
  deletionAnswerSchema,
  devicesAnswerSchema,
  moveRequestSchema,
  signInAnswerSchema,
  signInRequestSchema,
  smsAnswerSchema,
} from '../../src/contract/session.ts'
import { stationsSchema } from '../../src/contract/stations.ts'
import { syncAnswerSchema, syncRequestSchema } from '../../src/contract/sync.ts'
import { handedKeysSchema, tailAnswerSchema, tailPartSchema } from '../../src/contract/tail.ts'
import { PHOTO_TYPES } from '../../src/domain/taking-part/voice.ts'
import { CAP_TYPE } from '../feeds/cap-xml.ts'
import { demoActSchema, demoLinkSchema } from './demo-providers.ts'
import { describe } from './describe.ts'
import { packSchema } from './public.ts'
import { gbfsSchema } from './stations.ts'

export const catalog = { tag: 'catalog', security: 'none' } as const
export const session = { tag: 'session', security: 'none' } as const
export const demo = { tag: 'demo', security: 'none', problems: ['not_found'] } as const
export const mine = {
  tag: 'account',
  params: ['accountId'],
  security: 'session',
  problems: ['not_signed_in', 'account_deleted', 'not_found'],
} as const
/** Whatever changes something is refused to pages of other origins. */
export const mineToChange = { ...mine, problems: [...mine.problems, 'origin_refused'] } as const
export const exchange = {
  ...mineToChange,
  tag: 'sync',
  problems: [...mineToChange.problems, 'too_many_requests'],
} as const
export const ops = {
  tag: 'ops',
  security: 'operator',
  problems: ['not_signed_in', 'not_allowed', 'not_found'],
} as const
export const opsToChange = {
  ...ops,
  problems: [...ops.problems, 'origin_refused', 'step_up_needed'],
} as const

export const words = {
  health: describe({ ...catalog, summary: 'Health', answer: healthSchema }),
  keys: describe({ ...catalog, summary: 'Public keys', optionalQuery: ['wire'], answer: keySetSchema }),
  offers: describe({ ...catalog, summary: 'Offers', answer: offersAnswerSchema }),
  cityContent: describe({
    ...catalog,
    summary: 'What a city’s plans say',
    params: ['city'],
    answer: cityContentSchema,
    problems: ['not_found'],
  }),
  stations: describe({
    ...catalog,
    summary: 'Stations of a city',
    params: ['city'],
    answer: stationsSchema,
    problems: ['not_found'],
  }),
  gbfs: describe({
    ...catalog,
    summary: 'Public bikes by GBFS',
    params: ['city', 'file'],
    answer: gbfsSchema,
    problems: ['not_found'],
  }),
  cityAlerts: describe({
    ...catalog,
    summary: 'Warnings of a city as CAP',
    params: ['city'],
    answer: alertsAnswerSchema,
    media: [CAP_TYPE],
    problems: ['not_found'],
  }),
  alert: describe({
    ...catalog,
    summary: 'One warning as CAP',
    params: ['identifier'],
    answer: alertSchema,
    media: [CAP_TYPE],
    problems: ['not_found'],
  }),
  cityEvents: describe({
    ...catalog,
    summary: 'Events of a city with their dates',
    params: ['city'],
    optionalQuery: ['wire'],
    answer: occurrencesAnswerSchema,
    problems: ['not_found'],
  }),
  packs: describe({
    ...catalog,
    summary: 'The methodology pack in force, of a city or for all',
    optionalQuery: ['city'],
    answer: packSchema,
    problems: ['not_found'],
  }),
  pack: describe({
    ...catalog,
    summary: 'One version of a methodology pack',
    answer: packSchema,
    problems: ['not_found'],
  }),
  linkCode: describe({
    ...mineToChange,
    summary: 'A code to show to a service',
    params: ['accountId', 'consentId'],
    body: linkCodeRequestSchema,
    answer: linkCodeSchema,
    problems: [...mineToChange.problems, 'too_many_requests'],
  }),
  requestCode: describe({
    ...session,
    summary: 'Ask for a code',
    body: codeRequestSchema,
    answer: codeAnswerSchema,
    problems: ['origin_refused', 'too_many_requests', 'busy'],
  }),
  signIn: describe({
    ...session,
    summary: 'Sign in',
    body: signInRequestSchema,
    answer: signInAnswerSchema,
    problems: ['origin_refused', 'code_wrong', 'code_expired', 'phone_resting', 'too_many_requests', 'busy'],
  }),
  demoSms: describe({
    ...demo,
    summary: 'Last simulated SMS',
    query: ['phone'],
    answer: smsAnswerSchema,
  }),
  demoEventCode: describe({
    ...demo,
    summary: 'Check-in code of a sample event',
    params: ['occurrenceId'],
    answer: eventCodeSchema,
  }),
  demoLink: describe({
    ...demo,
    summary: 'A simulated service takes a code that it is shown',
    params: ['providerId'],
    body: demoLinkSchema,
    problems: ['not_found', 'origin_refused', 'code_expired'],
  }),
  demoAct: describe({
    ...mineToChange,
    tag: 'demo',
    summary: 'An act with a simulated service, which reports it',
    params: ['accountId', 'providerId'],
    body: demoActSchema,
  }),
  sync: describe({
    ...exchange,
    params: [],
    summary: 'Exchange',
    body: syncRequestSchema,
    answer: syncAnswerSchema,
    problems: [...exchange.problems, 'busy'],
  }),
  tail: describe({
    ...exchange,
    summary: 'Hand in the tail of a journal that a restored backup has lost',
    body: tailPartSchema,
    answer: tailAnswerSchema,
    problems: [...exchange.problems, 'busy'],
  }),
  handInKeys: describe({
    ...exchange,
    summary: 'Bring back public keys that a restored backup has lost',
    body: handedKeysSchema,
  }),
  signOut: describe({
    ...mine,
    summary: 'Sign out',
    security: 'cookie',
    problems: ['origin_refused', 'not_found'],
  }),
  move: describe({
    ...mineToChange,
    summary: 'Move to another city',
    body: moveRequestSchema,
    problems: [...mineToChange.problems, 'too_many_requests'],
  }),
  devices: describe({ ...mine, summary: 'Devices', answer: devicesAnswerSchema }),
  revokeDevice: describe({ ...mineToChange, summary: 'Revoke a device', params: ['accountId', 'deviceId'] }),
  deleteAccount: describe({
    ...mineToChange,
    summary: 'Delete the account',
    answer: deletionAnswerSchema,
    problems: [...mineToChange.problems, 'busy'],
  }),
  keepPhoto: describe({
    ...mineToChange,
    summary: 'Keep the photo of a nomination or an appeal',
    params: ['accountId', 'digest'],
    bodyMedia: PHOTO_TYPES,
  }),
  photo: describe({
    ...mine,
    summary: 'Photo of a nomination or an appeal',
    params: ['accountId', 'digest'],
    media: PHOTO_TYPES,
  }),
} as const
