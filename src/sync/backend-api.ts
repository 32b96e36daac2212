/** The backend's other answers, typed: codes and sessions, devices, public feeds, the end of an account. */
import * as v from 'valibot'
import { healthSchema } from '../contract/catalog.ts'
import { type DrawAnswer, drawAnswerSchema } from '../contract/draws.ts'
import { eventCodeSchema } from '../contract/events.ts'
import {
  type HelperCode,
  type HelperJoin,
  type HelperJoined,
  type HelperLog,
  type HelperLogged,
  type HelpersAnswer,
  helperCodeAnswerSchema,
  helperJoinedSchema,
  helperLoggedSchema,
  helpersAnswerSchema,
} from '../contract/helping.ts'
import { type LinkCode, type LinksAnswer, linkCodeSchema, linksSchema } from '../contract/links.ts'
import { type CheckAnswer, checkAnswerSchema, SET_TYPE } from '../contract/report.ts'
import {
  type CodeAnswer,
  codeAnswerSchema,
  type Device,
  deletionAnswerSchema,
  devicesAnswerSchema,
  type SignInAnswer,
  type SignInRequest,
  type SmsAnswer,
  signInAnswerSchema,
  smsAnswerSchema,
} from '../contract/session.ts'
import { WIRE } from '../contract/wire.ts'
import type { DeviceDb } from '../db/device.ts'
import type { CityId } from '../domain/base/city.ts'
import type { KeySet } from '../proof/keys.ts'
import { type FeedName, type FeedValue, feedOf } from './feeds.ts'
import { type KeyOptions, keysOf } from './keys.ts'
import { SyncProblem, type Tagged, type Transport } from './transport.ts'

export interface BackendApi {
  requestCode(phone: string): Promise<CodeAnswer>
  signIn(request: Omit<SignInRequest, 'wire'>): Promise<SignInAnswer>
  /** The last message of the simulated gateway; undefined where the backend does not show it. */
  demoSms(phone: string): Promise<SmsAnswer | undefined>
  /** By the cookie alone, so that it can also be said when the ledger is no longer on this phone; said again, it is as good. */
  signOut(accountId: string): Promise<void>
  devices(accountId: string): Promise<readonly Device[]>
  revoke(accountId: string, deviceId: string): Promise<void>
  /** Who has come in to log for the account. */
  helpers(accountId: string): Promise<HelpersAnswer['helpers']>
  /** For somebody who was invited and has not come in. */
  helperCode(accountId: string, helperId: string): Promise<HelperCode>
  joinAsHelper(request: Omit<HelperJoin, 'wire'>): Promise<HelperJoined>
  logAsHelper(accountId: string, secret: string, log: Omit<HelperLog, 'wire'>): Promise<HelperLogged>
  leaveAsHelper(accountId: string): Promise<void>
  /** The photo of a nomination or an appeal, as the backend keeps it. */
  photo(accountId: string, digest: string): Promise<Blob>
  /** The signed receipt. */
  deleteAccount(accountId: string): Promise<string>
  /** The code that would stand on the sign of an event; undefined where the backend does not show it. */
  demoEventCode(occurrenceId: string): Promise<string | undefined>
  /** Where each consent stands with its provider. */
  links(accountId: string): Promise<LinksAnswer['links']>
  /** A code for one consent, to show to its provider. */
  linkCode(accountId: string, consentId: string): Promise<LinkCode>
  /** The checks of a report's token, without delivering it. */
  checkReport(provider: string, token: string): Promise<CheckAnswer>
  /** The part of a simulated provider that is shown a code. */
  demoLink(provider: string, code: string): Promise<void>
  /** An act with a simulated provider, which reports it. */
  demoAct(accountId: string, about: { provider: string; consentId: string }): Promise<void>
  /** A simulated provider comes one step nearer with a booked pick-up. */
  demoPickup(accountId: string, pickupId: string): Promise<void>
  demoPlanting(accountId: string, joinId: string, said: { readonly came: boolean }): Promise<void>
  /** The keys of the programme, asked for anew: what this phone trusts by them. */
  trustedKeys(device: DeviceDb): Promise<KeySet>
  /** What is published of a draw by now; undefined where there is none of that version. */
  draw(offerId: string, version: number): Promise<DrawAnswer | undefined>
  /** Sample data and simulated services are switched on. */
  isDemo(): Promise<boolean>
  /** What a public feed says now, of a city where each has its own; without a value, what is held under `etag` still holds. */
  feed<Name extends FeedName>(
    name: Name,
    city: CityId | undefined,
    etag: string | undefined,
  ): Promise<Tagged<FeedValue<Name>>>
}

const nothing = v.undefined()

/** `keys`: the build's own pins and the clock; without them the first set that is seen is trusted, as of no time. */
export function createBackendApi(transport: Transport, keys: KeyOptions = { now: () => 0 }): BackendApi {
  return {
    requestCode: (phone) => transport.post('/sign-in/codes', { phone }, codeAnswerSchema),
    signIn: (request) => transport.post('/sign-in', { ...request, wire: WIRE }, signInAnswerSchema),
    demoSms: (phone) => orNothing(transport.get(`/demo/sms?phone=${phone}`, smsAnswerSchema)),
    signOut: (accountId) => transport.post(`/accounts/${accountId}/sign-out`, {}, nothing),
    devices: async (accountId) =>
      (await transport.of(accountId).get(`/accounts/${accountId}/devices`, devicesAnswerSchema)).devices,
    revoke: (accountId, deviceId) =>
      transport.of(accountId).remove(`/accounts/${accountId}/devices/${deviceId}`, nothing),
    helpers: async (accountId) =>
      (await transport.of(accountId).get(`/accounts/${accountId}/helpers`, helpersAnswerSchema)).helpers,
    helperCode: (accountId, helperId) =>
      transport
        .of(accountId)
        .post(`/accounts/${accountId}/helpers/${helperId}/code`, { wire: WIRE }, helperCodeAnswerSchema),
    joinAsHelper: (request) => transport.post('/helping', { ...request, wire: WIRE }, helperJoinedSchema),
    logAsHelper: (accountId, secret, log) =>
      transport
        .of(accountId, async () => secret)
        .post(`/helping/${accountId}/log`, { ...log, wire: WIRE }, helperLoggedSchema),
    leaveAsHelper: (accountId) => transport.post(`/helping/${accountId}/leave`, {}, nothing),
    photo: (accountId, digest) => transport.of(accountId).getBytes(`/accounts/${accountId}/photos/${digest}`),
    deleteAccount: async (accountId) =>
      (await transport.of(accountId).remove(`/accounts/${accountId}`, deletionAnswerSchema)).receipt,
    demoEventCode: async (occurrenceId) =>
      (await orNothing(transport.get(`/demo/events/${occurrenceId}/code`, eventCodeSchema)))?.code,
    links: async (accountId) =>
      (await transport.of(accountId).get(`/accounts/${accountId}/links`, linksSchema)).links,
    linkCode: (accountId, consentId) =>
      transport.of(accountId).post(`/accounts/${accountId}/links/${consentId}/code`, {}, linkCodeSchema),
    checkReport: (provider, token) =>
      transport.postBytes(
        `/providers/${provider}/check`,
        { bytes: new TextEncoder().encode(token), type: SET_TYPE },
        checkAnswerSchema,
      ),
    demoLink: (provider, code) => transport.post(`/demo/providers/${provider}/links`, { code }, nothing),
    demoAct: (accountId, { provider, consentId }) =>
      transport.of(accountId).post(`/accounts/${accountId}/demo-acts/${provider}`, { consentId }, nothing),
    demoPlanting: (accountId, joinId, said) =>
      transport.of(accountId).post(`/accounts/${accountId}/demo-plantings/${joinId}`, said, nothing),
    demoPickup: (accountId, pickupId) =>
      transport.of(accountId).post(`/accounts/${accountId}/demo-pickups/${pickupId}`, {}, nothing),
    trustedKeys: (device) => keysOf(device, transport, keys)(true),
    draw: (offerId, version) => orNothing(transport.get(`/draws/${offerId}/${version}`, drawAnswerSchema)),
    isDemo: async () => (await transport.get('/health', healthSchema)).demo,
    feed: (name, city, etag) => {
      const { path, schema } = feedOf(name)
      return transport.getTagged(path(city), schema, etag)
    },
  }
}

/** What the demo shows is not found elsewhere; nor is a draw that never was. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof SyncProblem && error.code === 'not_found') return undefined
    throw error
  }
}
