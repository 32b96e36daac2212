/** Signing in: a code by SMS, then a session. The first sign-in of a phone opens its account. */
import { timingSafeEqual } from 'node:crypto'
import { PHONE_PATTERN } from '../../src/contract/limits.ts'
import {
  type CodeAnswer,
  codeRequestSchema,
  type SignInAnswer,
  type SignInRequest,
  type SmsAnswer,
  signInRequestSchema,
} from '../../src/contract/session.ts'
import { type AccountId, isUuid } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { BODY_BYTES_MAX, CODE_ATTEMPTS_MAX, CODE_VALID_MS, type Rule } from '../base/limits.ts'
import { keyOf } from '../base/secret.ts'
import { openAccount } from '../book/open-account.ts'
import { sendCode } from '../demo/sms.ts'
import { type Asker, askerOf, browserOf, nameAsker, rememberBrowser } from '../http/asker.ts'
import { readJson } from '../http/body.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { addressKey, useLimit } from '../http/rate-limit.ts'
import { writeSessionCookie } from '../http/session.ts'
import {
  type OpenCode,
  putCode,
  readBoundAt,
  readSms,
  tryLooseCode,
  tryOwnCode,
  USED_UP,
  useCode,
} from '../storage/phones.ts'
import {
  insertSession,
  noteDeviceAccount,
  putDevice,
  readDevices,
  readSession,
  revokeSession,
} from '../storage/sessions.ts'
import { managedBy, partFromBranch } from '../tills/managers-of-before.ts'

export async function requestCode(c: HttpContext, deps: Deps): Promise<CodeAnswer> {
  const { phone } = await readJson(c, codeRequestSchema, BODY_BYTES_MAX)
  // Without the demo a real gateway has to be wired first: better said than pretended.
  if (!deps.config.demo) throw new ProblemError('busy', { detail: 'no SMS gateway is configured' })
  await limitAddress(c, deps, deps.limits.codesPerAddress)
  const phoneKey = deps.secret.phoneKey(phone)
  const asker = askerOf(c, deps, phoneKey)
  await limitCodes(deps, phoneKey, asker)
  const { key: askerKey, isKnown } = asker ?? nameAsker(c, deps)
  const code = newCode(deps)
  const now = deps.now()
  const digest = deps.secret.codeDigest(phone, code)
  await putCode(deps.db, { phoneKey, askerKey, isKnown, digest, at: now, expiresAt: now + CODE_VALID_MS })
  await sendCode(deps, phone, code)
  return { expiresAt: now + CODE_VALID_MS, resendAt: now + deps.limits.codesPerMinute.windowMs }
}

/** Strangers share what a number can be sent; a browser that it signed in on has its own, which they cannot use up. */
async function limitCodes(deps: Deps, phoneKey: string, asker: Asker | undefined): Promise<void> {
  const { limits } = deps
  const subject = asker?.isKnown ? `${phoneKey} ${asker.key}` : phoneKey
  const longer = asker?.isKnown
    ? [limits.codesPerHour, limits.codesPerDay]
    : [limits.strangersCodesPerHour, limits.strangersCodesPerDay]
  for (const rule of [limits.codesPerMinute, ...longer]) await useLimit(deps, rule, subject)
}

/** In the demo, everything on this machine comes from one address, tests above all. */
async function limitAddress(c: HttpContext, deps: Deps, rule: Rule): Promise<void> {
  if (!(deps.config.demo && isLocal(c, deps.config))) await useLimit(deps, rule, addressKey(c, deps))
}

function newCode(deps: Deps): string {
  const dice = new DataView(deps.randomBytes(4).buffer).getUint32(0)
  return String(dice % 1_000_000).padStart(6, '0')
}

export async function signIn(c: HttpContext, deps: Deps): Promise<SignInAnswer> {
  const request = await readJson(c, signInRequestSchema, BODY_BYTES_MAX)
  if (!isUuid(request.deviceId)) throw new ProblemError('malformed', { detail: 'deviceId: expected a uuid' })
  await limitAddress(c, deps, deps.limits.signInsPerAddress)
  const phoneKey = deps.secret.phoneKey(request.phone)
  const code = await checkCode(deps, request, { phoneKey, asker: askerOf(c, deps, phoneKey) })
  const token = await takeCode(deps, code, { phoneKey, deviceId: request.deviceId })
  // Builds of before go on as the branch itself, until they are newer.
  const isNewer = request.wire !== undefined
  if (isNewer) await partFromBranch(deps, phoneKey)
  const { account, isNew } = await openAccount(deps, { phoneKey, city: request.city })
  const sessionSecret = await openSession(c, deps, request, { token, accountId: account.accountId })
  rememberBrowser(c, deps, { phoneKey, id: browserOf(token).id })
  const manages = isNewer ? await managedBy(deps, phoneKey) : []
  return {
    accountId: account.accountId,
    isNew: isNew || (await hasOpenedAccount(deps, phoneKey, code)),
    kind: account.kind === 'merchant' ? 'merchant' : 'citizen',
    city: account.city,
    phoneMasked: `${request.phone.slice(0, 3)}****${request.phone.slice(-4)}`,
    lastSeq: account.nextSeq - 1,
    ...(sessionSecret === undefined ? {} : { sessionSecret }),
    ...(manages.length === 0 ? {} : { manages }),
  }
}

/** The same code did, at a sign-in whose answer was lost. */
async function hasOpenedAccount(deps: Deps, phoneKey: string, code: OpenCode): Promise<boolean> {
  if (code.deviceId === null) return false
  return ((await readBoundAt(deps.db, phoneKey)) ?? 0) >= code.askedAt
}

/** Undecided whether it opens anything: that says `takeCode`. */
async function checkCode(
  deps: Deps,
  { phone, code, deviceId }: SignInRequest,
  { phoneKey, asker }: { phoneKey: string; asker: Asker | undefined },
): Promise<OpenCode> {
  const attempt = { phoneKey, deviceId, now: deps.now(), attemptsMax: CODE_ATTEMPTS_MAX }
  const own = asker && (await tryOwnCode(deps.db, { ...attempt, askerKey: asker.key }))
  const expected = own ?? (await tryLooseCode(deps.db, attempt))
  if (expected === undefined || expected === USED_UP) throw new ProblemError('code_expired')
  const given = deps.secret.codeDigest(phone, code)
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected.digest))) throw new ProblemError('code_wrong')
  return expected
}

/**
 * The token of the one session that the code opens for this device. Presented again before that session was ever asked with, the answer has been
 * lost: it is given again, and is the same. Once it was asked with or has ended, the code is used up.
 */
async function takeCode(
  deps: Deps,
  code: OpenCode,
  { phoneKey, deviceId }: { phoneKey: string; deviceId: string },
): Promise<string> {
  const { askerKey, digest, askedAt } = code
  const token = deps.secret.codeToken([phoneKey, askerKey, digest, askedAt, deviceId].join(' '))
  const before = await readSession(deps.db, keyOf('session', token))
  if (before && (before.usedAt !== null || before.revokedAt !== null)) throw new ProblemError('code_expired')
  const knownKey = browserOf(token).key
  if (!(await useCode(deps.db, code, { phoneKey, deviceId, knownKey })))
    throw new ProblemError('code_expired')
  return token
}

async function openSession(
  c: HttpContext,
  deps: Deps,
  request: SignInRequest,
  { token, accountId }: { token: string; accountId: AccountId },
): Promise<string | undefined> {
  const { deviceId } = request
  const tokenKey = keyOf('session', token)
  const at = deps.now()
  const secret = request.wire === undefined ? undefined : deps.secret.sessionSecret(token)
  const before = (await readDevices(deps.db, accountId)).find((device) => device.deviceId === deviceId)
  // Whoever was given a secret at the sign-in has it, or signs in once more: it is asked for from the first request on.
  const secretDigest = secret === undefined ? null : sha256Hex(secret)
  await insertSession(deps.db, { tokenKey, accountId, deviceId, at, secretDigest })
  await putDevice(deps.db, { accountId, deviceId, tokenKey, name: request.deviceName, at })
  if (before && before.tokenKey !== tokenKey) await revokeSession(deps.db, before.tokenKey, at)
  await noteDeviceAccount(deps.db, { deviceId, accountId, at })
  writeSessionCookie(c, deps, accountId, token)
  return secret
}

/** Demo only, and only for this machine: stands in for the phone that would ring. */
export async function readDemoSms(c: HttpContext, deps: Deps): Promise<SmsAnswer> {
  const phone = c.req.query('phone') ?? ''
  const isOpen = deps.config.demo && isLocal(c, deps.config)
  if (!isOpen || !PHONE_PATTERN.test(phone)) throw new ProblemError('not_found')
  const message = await readSms(deps.db, deps.secret.phoneKey(phone))
  if (!message) throw new ProblemError('not_found')
  return { phone, ...message }
}
