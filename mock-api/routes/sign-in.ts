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
import { type AccountId, isUuid } from '../../src/domain/ids.ts'
import { openAccount } from '../book/open-account.ts'
import type { Deps } from '../deps.ts'
import { readJson } from '../http/body.ts'
import { addressOf, type HttpContext, isLocal } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { useLimit } from '../http/rate-limit.ts'
import { newToken, writeSessionCookie } from '../http/session.ts'
import { BODY_BYTES_MAX, CODE_ATTEMPTS_MAX, CODE_VALID_MS, type Rule } from '../limits.ts'
import { sendCode } from '../providers/sms.ts'
import { putCode, readSms, tryCode, useCode } from '../storage/phones.ts'
import {
  insertSession,
  noteDeviceAccount,
  putDevice,
  readDevices,
  revokeSession,
} from '../storage/sessions.ts'

export async function requestCode(c: HttpContext, deps: Deps): Promise<CodeAnswer> {
  const { phone } = await readJson(c, codeRequestSchema, BODY_BYTES_MAX)
  // Without the demo a real gateway has to be wired first: better said than pretended.
  if (!deps.config.demo) throw new ProblemError('busy', { detail: 'no SMS gateway is configured' })
  await limitAddress(c, deps, deps.limits.codesPerAddress)
  const phoneKey = deps.secret.phoneKey(phone)
  await useLimit(deps, deps.limits.codesPerMinute, phoneKey)
  await useLimit(deps, deps.limits.codesPerHour, phoneKey)
  const code = newCode(deps)
  const now = deps.now()
  await putCode(deps.db, {
    phoneKey,
    digest: deps.secret.codeDigest(phone, code),
    expiresAt: now + CODE_VALID_MS,
  })
  await sendCode(deps, phone, code)
  return { expiresAt: now + CODE_VALID_MS, resendAt: now + deps.limits.codesPerMinute.windowMs }
}

/** In the demo, everything on this machine comes from one address, tests above all. */
async function limitAddress(c: HttpContext, deps: Deps, rule: Rule): Promise<void> {
  if (!(deps.config.demo && isLocal(c, deps.config)))
    await useLimit(deps, rule, deps.secret.addressKey(addressOf(c)))
}

function newCode(deps: Deps): string {
  const dice = new DataView(deps.randomBytes(4).buffer).getUint32(0)
  return String(dice % 1_000_000).padStart(6, '0')
}

export async function signIn(c: HttpContext, deps: Deps): Promise<SignInAnswer> {
  const request = await readJson(c, signInRequestSchema, BODY_BYTES_MAX)
  if (!isUuid(request.deviceId)) throw new ProblemError('malformed', { detail: 'deviceId: expected a uuid' })
  await limitAddress(c, deps, deps.limits.signInsPerAddress)
  await checkCode(deps, request)
  const phoneKey = deps.secret.phoneKey(request.phone)
  const { account, isNew } = await openAccount(deps, { phoneKey, city: request.city })
  await openSession(c, deps, account.accountId, request)
  return {
    accountId: account.accountId,
    isNew,
    kind: account.kind,
    city: account.city,
    phoneMasked: `${request.phone.slice(0, 3)}****${request.phone.slice(-4)}`,
    lastSeq: account.nextSeq - 1,
  }
}

async function checkCode(deps: Deps, { phone, code }: SignInRequest): Promise<void> {
  const phoneKey = deps.secret.phoneKey(phone)
  const expected = await tryCode(deps.db, { phoneKey, now: deps.now(), attemptsMax: CODE_ATTEMPTS_MAX })
  if (expected === undefined) throw new ProblemError('code_expired')
  const given = deps.secret.codeDigest(phone, code)
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) throw new ProblemError('code_wrong')
  if (!(await useCode(deps.db, phoneKey, expected))) throw new ProblemError('code_expired')
}

async function openSession(
  c: HttpContext,
  deps: Deps,
  accountId: AccountId,
  request: SignInRequest,
): Promise<void> {
  const { deviceId } = request
  const at = deps.now()
  const { token, tokenKey } = newToken(deps)
  const before = (await readDevices(deps.db, accountId)).find((device) => device.deviceId === deviceId)
  await insertSession(deps.db, { tokenKey, accountId, deviceId, at })
  await putDevice(deps.db, { accountId, deviceId, tokenKey, name: cleaned(request.deviceName), at })
  if (before) await revokeSession(deps.db, before.tokenKey, at)
  await noteDeviceAccount(deps.db, { deviceId, accountId, at })
  writeSessionCookie(c, deps, accountId, token)
}

/** PostgreSQL keeps no NUL, and a name with line breaks would disturb every list. */
function cleaned(name: string): string {
  return name.replace(/\p{Cc}/gu, ' ')
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
