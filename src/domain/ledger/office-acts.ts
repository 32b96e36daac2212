/** Names of what operators do in an office's name, as its records call it. What each does stands in the backend. */

/** All of them; held against the backend's table by a test. */
export const OFFICE_ACTS = [
  'alert.publish',
  'branch.open',
  'case.decide',
  'content.publish',
  'content.take-back',
  'dispute.decide',
  'event.publish',
  'event.withdraw',
  'merchant.join',
  'merchant.resume',
  'merchant.suspend',
  'nomination.score',
  'offer.publish',
  'offer.raise',
  'offer.stop',
  'operator.enrol',
  'operator.invite',
  'operator.roles',
  'operator.state',
  'passkey.add',
  'passkey.revoke',
  'planting.call-off',
  'planting.publish',
  'provider.deliver',
  'provider.publish',
  'provider.revoke-key',
  'recovery.renew',
  'review.decide',
  'statement.pay',
  'till.code',
  'till.revoke',
  'voice.answer',
] as const

export type OfficeActName = (typeof OFFICE_ACTS)[number]

/** Those that can want four eyes. */
export const PROPOSED_ACTS = [
  'merchant.suspend',
  'offer.publish',
  'offer.raise',
  'operator.invite',
  'operator.roles',
  'planting.publish',
  'provider.publish',
] as const satisfies readonly OfficeActName[]
