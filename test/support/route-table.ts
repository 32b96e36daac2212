/**
 * Who may what: each route of the API, and which of those who could ask is let in. Everybody else is told 401 where nobody known asks, and 403
 * where somebody of the desk lacks the role. A route without a row here fails the test.
 */
import type { Role } from '../../src/domain/ledger/operator.ts'

/** Everybody who could ask. `other`: a citizen who asks for somebody else's account. */
export const SCOPES = ['nobody', 'citizen', 'other', 'helper', 'till', 'manager'] as const
export type Scope = (typeof SCOPES)[number]

export interface RouteRow {
  readonly letsIn: readonly (Scope | Role)[]
  /** What the request itself ends: whoever asks is somebody new each time. */
  readonly ends?: true
}

const ALL_ROLES: readonly Role[] = [
  ...(['reviewer', 'catalog', 'finance', 'issuer'] as const),
  ...(['registrar', 'approver', 'auditor', 'admin'] as const),
]

/** What everybody may read or do, or is asked for a code in the request itself. */
const open: RouteRow = { letsIn: [...SCOPES, ...ALL_ROLES] }
/** By a signature or a token in the header: no session is enough. */
const signed: RouteRow = { letsIn: [] }
/** The account's owner alone. */
const own: RouteRow = { letsIn: ['citizen'] }
const till: RouteRow = { letsIn: ['till', 'manager'] }
const manager: RouteRow = { letsIn: ['manager'] }
const desk = (...roles: Role[]): RouteRow => ({ letsIn: roles })
/** What is read at the desk, whoever audits reads, too. */
const read = (...roles: Role[]): RouteRow => ({ letsIn: [...roles, 'auditor'] })
const anybodyThere: RouteRow = { letsIn: ALL_ROLES }

export const ROUTES: Readonly<Record<string, RouteRow>> = {
  'delete /api/v1/accounts/{accountId}': { ...own, ends: true },
  'delete /api/v1/accounts/{accountId}/devices/{deviceId}': { ...own, ends: true },
  'delete /api/v1/ops/passkeys/{credentialId}': anybodyThere,
  'delete /api/v1/ops/people/{operatorId}/passkeys/{credentialId}': desk('admin'),
  'delete /api/v1/ops/providers/{providerId}/keys/{kid}': desk('admin'),
  'delete /api/v1/ops/session': { ...anybodyThere, ends: true },
  'get /api/v1/accounts/{accountId}/devices': own,
  'get /api/v1/accounts/{accountId}/helpers': own,
  'get /api/v1/accounts/{accountId}/links': own,
  'get /api/v1/accounts/{accountId}/photos/{digest}': own,
  'get /api/v1/alerts/{identifier}': open,
  'get /api/v1/cities/{city}/alerts': open,
  'get /api/v1/cities/{city}/content': open,
  'get /api/v1/cities/{city}/events': open,
  'get /api/v1/cities/{city}/planting-days': open,
  'get /api/v1/cities/{city}/stations': open,
  'get /api/v1/claims/{claimId}': open,
  'get /api/v1/demo/events/{occurrenceId}/code': open,
  'get /api/v1/demo/sms': open,
  'get /api/v1/demo/tills/{merchantId}/code': open,
  'get /api/v1/draws/{offerId}/{version}': open,
  'get /api/v1/gbfs/{city}/3.0/{file}': open,
  'get /api/v1/health': open,
  'get /api/v1/keys': open,
  'get /api/v1/offers': open,
  'get /api/v1/ops/alerts': read('catalog'),
  'get /api/v1/ops/branches/{accountId}/statements': read('catalog', 'finance', 'reviewer', 'approver'),
  'get /api/v1/ops/branches/{accountId}/takings': read('catalog', 'finance', 'reviewer', 'approver'),
  'get /api/v1/ops/branches/{accountId}/tills': read('catalog', 'finance', 'reviewer', 'approver'),
  'get /api/v1/ops/cases': read('reviewer'),
  'get /api/v1/ops/cases/{accountId}/{cause}': read('reviewer'),
  'get /api/v1/ops/content': read('catalog'),
  'get /api/v1/ops/content/{city}': read('catalog'),
  'get /api/v1/ops/disputes': read('reviewer'),
  'get /api/v1/ops/door': open,
  'get /api/v1/ops/events': read('catalog'),
  'get /api/v1/ops/journal/{office}': read(),
  'get /api/v1/ops/journal/{office}/records': read(),
  'get /api/v1/ops/merchants': read('catalog', 'finance', 'reviewer', 'approver'),
  'get /api/v1/ops/offers': read('catalog', 'finance', 'approver'),
  'get /api/v1/ops/offers/{offerId}': read('catalog', 'finance', 'approver'),
  'get /api/v1/ops/passkeys': anybodyThere,
  'get /api/v1/ops/people': read('admin'),
  'get /api/v1/ops/pictures/{digest}': read('catalog', 'finance', 'approver'),
  'get /api/v1/ops/planting-days': read('catalog', 'approver'),
  'get /api/v1/ops/proposals': anybodyThere,
  'get /api/v1/ops/proposals/{proposalId}': anybodyThere,
  'get /api/v1/ops/providers': read('admin', 'reviewer'),
  'get /api/v1/ops/reviews': read('reviewer'),
  'get /api/v1/ops/services': read('admin', 'reviewer'),
  'get /api/v1/ops/session': anybodyThere,
  'get /api/v1/ops/voices': read('reviewer'),
  'get /api/v1/ops/voices/{accountId}/photos/{digest}': read('reviewer'),
  'get /api/v1/ops/vouchers': read('reviewer', 'finance'),
  'get /api/v1/ops/waiting': anybodyThere,
  'get /api/v1/ops/weeks': anybodyThere,
  'get /api/v1/packs': open,
  'get /api/v1/packs/{id}/{version}': open,
  'get /api/v1/pictures/{digest}': open,
  'get /api/v1/providers': open,
  'get /api/v1/tills/{accountId}/people': manager,
  'get /api/v1/tills/{accountId}/status': till,
  'post /api/v1/accounts/{accountId}/demo-acts/{providerId}': own,
  'post /api/v1/accounts/{accountId}/demo-pickups/{pickupId}': own,
  'post /api/v1/accounts/{accountId}/demo-plantings/{joinId}': own,
  'post /api/v1/accounts/{accountId}/helpers/{helperId}/code': own,
  'post /api/v1/accounts/{accountId}/keys': own,
  'post /api/v1/accounts/{accountId}/links/{consentId}/code': own,
  'post /api/v1/accounts/{accountId}/sign-out': { ...open, ends: true },
  'post /api/v1/accounts/{accountId}/tail': own,
  'post /api/v1/demo/providers/{providerId}/links': open,
  'post /api/v1/helping': open,
  'post /api/v1/helping/{accountId}/leave': { ...open, ends: true },
  'post /api/v1/helping/{accountId}/log': { letsIn: ['helper'] },
  'post /api/v1/ops/alerts': desk('catalog'),
  'post /api/v1/ops/alerts/preview': desk('catalog'),
  'post /api/v1/ops/branches/{accountId}/codes': desk('catalog'),
  'post /api/v1/ops/branches/{accountId}/tills/{tillId}/revoke': desk('catalog'),
  'post /api/v1/ops/cases/{accountId}/{cause}': desk('reviewer'),
  'post /api/v1/ops/content/{city}': desk('catalog'),
  'post /api/v1/ops/content/{city}/take-back': desk('catalog'),
  'post /api/v1/ops/disputes/{accountId}/{voucherId}': desk('reviewer'),
  'post /api/v1/ops/enrol': open,
  'post /api/v1/ops/enrol/options': signed,
  'post /api/v1/ops/events': desk('catalog'),
  'post /api/v1/ops/events/{occurrenceId}/withdraw': desk('catalog'),
  'post /api/v1/ops/merchants': desk('catalog'),
  'post /api/v1/ops/merchants/{merchantId}/branches': desk('catalog'),
  'post /api/v1/ops/nominations/{accountId}/{voiceId}/scores': desk('reviewer'),
  'post /api/v1/ops/offers': desk('catalog'),
  'post /api/v1/ops/offers/{offerId}/stock': desk('catalog', 'finance'),
  'post /api/v1/ops/offers/{offerId}/stop': desk('catalog'),
  'post /api/v1/ops/passkeys': anybodyThere,
  'post /api/v1/ops/passkeys/options': anybodyThere,
  'post /api/v1/ops/payouts': desk('finance'),
  'post /api/v1/ops/people': desk('admin'),
  'post /api/v1/ops/pictures': desk('catalog'),
  'post /api/v1/ops/planting-days': desk('catalog'),
  'post /api/v1/ops/planting-days/{dayId}/call-off': desk('catalog'),
  'post /api/v1/ops/proposals/{proposalId}': desk(...ALL_ROLES),
  'post /api/v1/ops/providers/{providerId}/file': desk('admin'),
  'post /api/v1/ops/recovery-codes': anybodyThere,
  'post /api/v1/ops/reviews/{accountId}/{activityId}': desk('reviewer'),
  'post /api/v1/ops/session': open,
  'post /api/v1/ops/session/options': open,
  'post /api/v1/ops/session/recovery': open,
  'post /api/v1/ops/session/sample': open,
  'post /api/v1/ops/session/step-up': anybodyThere,
  'post /api/v1/ops/session/step-up/options': anybodyThere,
  'post /api/v1/ops/voices/{accountId}/{voiceId}': desk('reviewer'),
  'post /api/v1/providers/{providerId}/check': open,
  'post /api/v1/providers/{providerId}/events': open,
  'post /api/v1/providers/{providerId}/feed': signed,
  'post /api/v1/providers/{providerId}/links': signed,
  'post /api/v1/sign-in': open,
  'post /api/v1/sign-in/codes': open,
  'post /api/v1/sync': own,
  'post /api/v1/tills/join': open,
  'post /api/v1/tills/{accountId}/codes': manager,
  'post /api/v1/tills/{accountId}/keys': till,
  'post /api/v1/tills/{accountId}/leave': { ...open, ends: true },
  'post /api/v1/tills/{accountId}/people/{tillId}/revoke': manager,
  'post /api/v1/tills/{accountId}/sync': till,
  'post /api/v1/tills/{accountId}/tail': till,
  'put /api/v1/accounts/{accountId}/city': own,
  'put /api/v1/accounts/{accountId}/photos/{digest}': own,
  'put /api/v1/ops/merchants/{merchantId}/state': desk('catalog'),
  'put /api/v1/ops/people/{operatorId}/roles': desk('admin'),
  'put /api/v1/ops/people/{operatorId}/state': desk('admin'),
  'put /api/v1/ops/providers/{providerId}': desk('admin'),
  'put /api/v1/providers/{providerId}/planting-days/{dayId}': signed,
}
