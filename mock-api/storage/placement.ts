/**
 * Where each table lies once the database is more than one machine (Citus). Rows of one group with the same key lie together, and a
 * statement that names the key goes to one machine. Without Citus this costs nothing and changes nothing.
 */

export type Placement =
  /** By this column, beside the other tables of the group. */
  | { readonly group: string; readonly key: string }
  /** A full copy on every machine: small, changed by administration only. */
  | { readonly group: 'reference' }
  /** On the coordinator alone. */
  | { readonly group: 'local' }

const account = { group: 'account', key: 'account_id' } as const
const offer = { group: 'offer', key: 'offer_key' } as const
const phone = { group: 'phone', key: 'phone_key' } as const
const reference = { group: 'reference' } as const

/** The first of a group is the one that the others are laid beside. */
export const PLACEMENTS: Readonly<Record<string, Placement>> = {
  accounts: account,
  records: account,
  day_acts: account,
  day_digests: account,
  reviews: account,
  settlements: account,
  crossings: account,
  disputes: account,
  devices: account,
  voices: account,
  voice_scores: account,
  pickups: account,
  sign_ups: account,
  stock_returns: account,
  tails: account,
  tail_records: account,
  heard_after_restore: account,
  put_offs: account,
  awaited_settlements: account,
  consents: account,
  helpers: account,
  office_acts: account,
  proposals: account,
  tills: account,
  voucher_ends: account,
  left_vouchers: account,

  offer_stock: offer,
  offer_claims: offer,
  draws: offer,
  draw_entries: offer,
  stock_raises: offer,

  phones: phone,
  login_codes: phone,
  sms_messages: phone,
  managed_branches: phone,

  sessions: { group: 'session', key: 'token_key' },
  device_accounts: { group: 'device', key: 'device_id' },
  rate_limits: { group: 'limit', key: 'limit_key' },
  evidence_claims: { group: 'evidence', key: 'digest_key' },
  track_bands: { group: 'landmark', key: 'band_key' },
  voucher_index: { group: 'voucher number', key: 'code_key' },
  helper_codes: { group: 'helper code', key: 'code_key' },
  till_codes: { group: 'till code', key: 'code_key' },
  ended_vouchers: { group: 'merchant', key: 'merchant_key' },
  turns: { group: 'turn', key: 'turn_key' },
  links: { group: 'link', key: 'link_key' },
  link_codes: { group: 'link code', key: 'code_key' },
  subjects: { group: 'subject', key: 'subject_key' },
  provider_events: { group: 'report', key: 'event_key' },
  act_claims: { group: 'act', key: 'claim_key' },

  webauthn_challenges: { group: 'challenge', key: 'challenge_key' },
  operator_sessions: { group: 'operator session', key: 'token_key' },

  signing_keys: reference,
  key_revocations: reference,
  kept_secrets: reference,
  offers: reference,
  offer_numbers: reference,
  offer_pictures: reference,
  merchants: reference,
  branches: reference,
  occurrences: reference,
  planting_days: reference,
  alerts: reference,
  content_packs: reference,
  week_totals: reference,
  restores: reference,
  providers: reference,
  provider_keys: reference,
  declarations: reference,
  operators: reference,
  operator_roles: reference,
  passkeys: reference,
  recovery_codes: reference,
  operator_invitations: reference,

  migrations: { group: 'local' },
}
