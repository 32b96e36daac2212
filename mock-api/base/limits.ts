/** Limits of the backend's own, each with its reason. Those of the wire stand in src/contract/limits.ts. */
import { BATCH_COMMANDS_MAX } from '../../src/contract/limits.ts'
import { SET_BYTES_MAX, SETS_MAX } from '../../src/contract/report.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { COMMANDS_A_DAY_MAX } from '../../src/domain/ledger/command.ts'
import { HELPER_BATCH_MAX } from '../../src/domain/ledger/helping.ts'

export interface Rule {
  readonly name: string
  readonly max: number
  readonly windowMs: number
}

export const LIMITS = {
  /** A message costs money and patience. */
  codesPerMinute: { name: 'codes-minute', max: 1, windowMs: MINUTE_MS },
  /** For a browser that signed in with the number before: nobody else can use these up. */
  codesPerHour: { name: 'codes-hour', max: 5, windowMs: HOUR_MS },
  codesPerDay: { name: 'codes-day', max: 15, windowMs: DAY_MS },
  /** For all others together: a new phone needs one or two; a stranger who plagues a number gets no further than that. */
  strangersCodesPerHour: { name: 'strangers-codes-hour', max: 3, windowMs: HOUR_MS },
  strangersCodesPerDay: { name: 'strangers-codes-day', max: 8, windowMs: DAY_MS },
  /** A school behind one address signs in together; a script that walks through numbers does not get far. */
  codesPerAddress: { name: 'codes-address', max: 60, windowMs: HOUR_MS },
  signInsPerAddress: { name: 'sign-ins-address', max: 120, windowMs: HOUR_MS },
  /** A grandchild who mistypes needs a few; codes are of ten signs, so that nobody guesses one in its ten minutes. */
  helperCodesPerHour: { name: 'helper-codes-hour', max: 20, windowMs: HOUR_MS },
  helperJoinsPerAddress: { name: 'helper-joins-address', max: 30, windowMs: HOUR_MS },
  /** A manager who sets up a shop needs a few; codes are as those of helpers. */
  tillCodesPerHour: { name: 'till-codes-hour', max: 30, windowMs: HOUR_MS },
  tillJoinsPerAddress: { name: 'till-joins-address', max: 30, windowMs: HOUR_MS },
  /** What somebody logs by hand for another: a day has no room for more. */
  helperCommandsPerDay: { name: 'helper-commands', max: 200, windowMs: DAY_MS },
  /** A clerk tries some pictures of an offer; what is brought and not shown is forgotten after days. */
  picturesPerHour: { name: 'offer-pictures', max: 60, windowMs: HOUR_MS },
  /** An operator mistypes once or twice; a script that guesses is not listened to. */
  wrongTokensPerAddress: { name: 'wrong-tokens-address', max: 10, windowMs: 15 * MINUTE_MS },
  /** From many addresses at once. */
  wrongTokens: { name: 'wrong-tokens', max: 100, windowMs: HOUR_MS },
  /** An office behind one address comes in at nine; a script that only asks for challenges is told to wait. */
  ceremoniesPerAddress: { name: 'ceremonies-address', max: 200, windowMs: HOUR_MS },
  /** Every tap syncs, restores page quickly: two a second, for a minute. Counted in memory, so that a pull writes nothing. */
  syncsPerSession: { name: 'syncs', max: 120, windowMs: MINUTE_MS },
  /**
   * Nobody does as much by hand; an import of years fits. Above it, one account's state would slow down its own batches. A long command counts
   * as several (COMMAND_UNIT_BYTES), which bounds the bytes of a day as well.
   */
  commandsPerDay: { name: 'commands', max: COMMANDS_A_DAY_MAX, windowMs: DAY_MS },
  /** Of one provider: a city's bus company at the rush hour sends some thousand. A stolen key gets no further, and the operator is told. */
  reportsPerProvider: { name: 'reports', max: 6000, windowMs: MINUTE_MS },
  /** A provider's program asks for its feed now and then, and redeems a code at a time; a script that guesses codes gets nowhere. */
  askedByProvider: { name: 'provider-asks', max: 120, windowMs: MINUTE_MS },
  /** An engineer tries tokens by hand. */
  selfTests: { name: 'self-tests', max: 300, windowMs: HOUR_MS },
  /** Codes for one account: somebody links a handful of services. */
  linkCodes: { name: 'link-codes', max: 20, windowMs: HOUR_MS },
  /** Whoever has an exact id asks once; nobody walks through them. */
  claimLookUps: { name: 'claim-look-ups', max: 60, windowMs: HOUR_MS },
} as const satisfies Record<string, Rule>

/** An act with a track and a full note is shorter; the longest nomination counts as four. So a day brings at most 20 MB. */
export const COMMAND_UNIT_BYTES = 2 * 1024

export type Limits = { readonly [Name in keyof typeof LIMITS]: Rule }

/** Sync's JSON around 512 kB of commands, whose quotes are escaped once more. */
const SYNC_BODY_BYTES_MAX = 1024 * 1024
/**
 * Each command, and of a guest's each once more by its id; what stands beside them is counted in tens. More than that is "too large", so that
 * the device sends fewer.
 */
export const SYNC_BOUNDS = { bytes: SYNC_BODY_BYTES_MAX, values: 2 * BATCH_COMMANDS_MAX + 100 }
/** As many tokens as may be pushed at once, and what JSON puts around them. */
export const PUSH_BOUNDS = { bytes: SETS_MAX * (SET_BYTES_MAX / 4), values: SETS_MAX + 3 }
/** A helper's few acts. */
export const HELPER_BOUNDS = { bytes: 256 * 1024, values: HELPER_BATCH_MAX + 20 }
/** Everything else is a form of a few fields. */
export const BODY_BYTES_MAX = 16 * 1024
/** A page of records, so that a phone on a weak network gets somewhere before it drops. */
export const PAGE_BYTES_MAX = 1024 * 1024
/** Long enough to type it from another phone. */
export const CODE_VALID_MS = 5 * MINUTE_MS
/** Long enough to be told over the phone and typed in elsewhere. */
export const HELPER_CODE_VALID_MS = 10 * MINUTE_MS
export const TILL_CODE_VALID_MS = 10 * MINUTE_MS
/** As far as a till's idea of the backend's clock may be off for its proofs: it is told the time, and proves again. */
export const PROOF_SLACK_MS = 5 * MINUTE_MS
/** A million codes, five guesses. */
export const CODE_ATTEMPTS_MAX = 5
/** A phone that lay in a drawer for a season is somebody else's, or nobody's: it signs in again. */
export const SESSION_IDLE_MS = 90 * DAY_MS
/** Browsers keep the cookie no longer. */
export const SESSION_MAX_MS = 400 * DAY_MS
/** A working day, and who goes home signs in again. */
export const OPERATOR_SESSION_MS = 12 * HOUR_MS
/** A recovery code whose answer was lost is presented again by whoever still has it before them. */
export const RECOVERY_AGAIN_MS = 5 * MINUTE_MS
/** Money, publishing and keys want the passkey's word of just now: long enough for a form that was filled in before. */
export const STEP_UP_MS = 5 * MINUTE_MS
/** A dialog of the browser takes seconds. */
export const WEBAUTHN_CHALLENGE_MS = 5 * MINUTE_MS
/** To come to the office and sit down. */
export const INVITATION_MS = DAY_MS
/** To be found by somebody who was away over a weekend; what is older was decided upon what does not hold any more. */
export const PROPOSAL_MS = 7 * DAY_MS
/** A picture that was brought waits for its offer longer than any proposal does. */
export const IDLE_PICTURE_MS = PROPOSAL_MS + DAY_MS
/** A device is seen when it syncs; noting it more often would make every pull a write. */
export const LAST_SEEN_STEP_MS = HOUR_MS
/** A family shares a tablet; more accounts than that on one device are looked at. */
export const DEVICE_ACCOUNTS_MAX = 5
/** Six weeks of going there and back, brought along at once; a phone records a handful a day. */
export const DEVICE_TRACKS_A_DAY_MAX = 100
/** Longer than any request runs: what is still open then was interrupted. */
export const STALE_CLAIM_MS = MINUTE_MS
/** Two writers meet now and then; ten times in a row means that something else is wrong. */
export const APPEND_ATTEMPTS_MAX = 10
/**
 * Commands that one process works on at once, over all batches. A batch holds its texts, its records and its answer until it is answered; two
 * of the largest keep both the thread that decides and the database busy, and more would only wait in memory.
 */
export const COMMANDS_AT_ONCE_MAX = 2 * BATCH_COMMANDS_MAX
/** Buyers of one offer spread over so many rows. */
export const STOCK_BUCKETS = 16
/**
 * Deleting an account must not begin its limits anew: longer than an act may be dated back (45 days) and a month's cap reaches beyond that
 * (31), and as operators commonly hold a number.
 */
export const PHONE_REST_MS = 90 * DAY_MS
