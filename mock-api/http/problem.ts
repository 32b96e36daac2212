/** Errors as problems (RFC 9457): thrown anywhere, answered in one place, never with more than their code says. */
import { PROBLEMS, type ProblemCode } from '../../src/contract/problem.ts'

interface ProblemOptions {
  readonly detail?: string
  readonly retryAfterSeconds?: number
  /** Of `clock_off`: the backend's clock. */
  readonly now?: number
}

export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly options: ProblemOptions

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail ?? code)
    this.code = code
    this.options = options
  }
}

/** A client that was told to come back does so after this long when nothing more exact is known. */
const RETRY_AFTER_SECONDS = 2

export function problemAnswer(
  code: ProblemCode,
  { detail, retryAfterSeconds, now }: ProblemOptions = {},
): Response {
  const { status, retry } = PROBLEMS[code]
  const title = code.replaceAll('_', ' ')
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (retry) headers.set('retry-after', String(retryAfterSeconds ?? RETRY_AFTER_SECONDS))
  const more = { ...(detail ? { detail } : {}), ...(now === undefined ? {} : { now }) }
  const body = { type: `urn:greentrace:problem:${code}`, title, status, code, ...more }
  return new Response(JSON.stringify(body), { status, headers })
}
