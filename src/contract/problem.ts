/** Errors as RFC 9457 problems. Each code says whether trying again may help; the words for people stand in src/text. */
import * as v from 'valibot'

/** code → HTTP status, and whether the same request may succeed later. */
export const PROBLEMS = {
  malformed: { status: 400, retry: false },
  not_signed_in: { status: 401, retry: false },
  origin_refused: { status: 403, retry: false },
  not_found: { status: 404, retry: false },
  code_wrong: { status: 403, retry: false },
  code_expired: { status: 403, retry: false },
  /** The account's owner has ended that this helper logs for it. */
  helper_revoked: { status: 403, retry: false },
  /** This device is no till of the branch any more. */
  till_revoked: { status: 403, retry: false },
  /** A till asked for what only a manager's device may. */
  manager_only: { status: 403, retry: false },
  /** Until an operator lets it go on. What its tills have accepted waits on them. */
  merchant_suspended: { status: 403, retry: false },
  /** The proof by the device's key is missing, another's, of another request, or was used before. */
  proof_refused: { status: 401, retry: false },
  /** The proof's time is not the backend's, which `now` says: with that the device proves it again. */
  clock_off: { status: 401, retry: false },
  /** Not with such a session. */
  not_allowed: { status: 403, retry: false },
  /** At the desk: a passkey's word of just now is needed. */
  step_up_needed: { status: 403, retry: false },
  /** A passkey that is unknown, revoked or answers something else. */
  passkey_refused: { status: 403, retry: false },
  /** Somebody else was first, or it has ended. */
  already_decided: { status: 409, retry: false },
  /** The number's last account was deleted a short while ago. */
  phone_resting: { status: 403, retry: false },
  account_deleted: { status: 410, retry: false },
  /** The request did not come to its end in time. */
  timed_out: { status: 408, retry: true },
  too_large: { status: 413, retry: false },
  too_many_requests: { status: 429, retry: true },
  busy: { status: 503, retry: true },
  internal: { status: 500, retry: true },
} as const

export type ProblemCode = keyof typeof PROBLEMS

export const problemSchema = v.looseObject({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.picklist(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
  detail: v.optional(v.string()),
  /** Of `clock_off`: the backend's clock, ms. */
  now: v.optional(v.number()),
})

/** A code of a later backend means at least what its status does; undefined for a status that none of ours has. */
export function codeOfStatus(status: number): ProblemCode | undefined {
  const codes = Object.keys(PROBLEMS) as ProblemCode[]
  return codes.find((code) => PROBLEMS[code].status === status)
}

/** As far as a problem of a later backend can be told from a page of somebody in between. */
export const anyProblemSchema = v.looseObject({ ...problemSchema.entries, code: v.string() })
