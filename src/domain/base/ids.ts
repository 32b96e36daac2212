/** Branded ids, so that an account is never passed where a command is meant. All are UUIDs in lower case, or slugs where said. */

declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

export type AccountId = Id<'account'>
/** Made on the device; the record it becomes, the activity and the voucher it asks for go by the same id. */
export type CommandId = Id<'command'>
export type ActivityId = CommandId
export type VoucherId = CommandId
/** Of a person at the desk. */
export type OperatorId = Id<'operator'>
/** Slugs: `coffee-medium`. */
export type OfferId = Id<'offer'>
export type MerchantId = Id<'merchant'>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export function isUuid(text: string): boolean {
  return uuid.test(text)
}
