/** Logging for somebody else. The owner's side: who has come in, and a code for whom they invited. The helper's: coming in, sending, leaving. */
import type * as v from 'valibot'
import { parseCommand } from '../../src/contract/command.ts'
import {
  type HelperCode,
  type HelperJoined,
  type HelperLogged,
  type HelpersAnswer,
  helperCodeRequestSchema,
  helperJoinSchema,
  helperLogSchema,
} from '../../src/contract/helping.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import { mayHelperSend } from '../../src/domain/ledger/actor.ts'
import type { HelperId } from '../../src/domain/ledger/helping.ts'
import { CODE_BITS, codeOfBits } from '../../src/domain/offers/voucher.ts'
import { plainCode } from '../../src/domain/taking-part/occurrence.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { BODY_BYTES_MAX, HELPER_BOUNDS, HELPER_CODE_VALID_MS } from '../base/limits.ts'
import { keyOf } from '../base/secret.ts'
import { readLivingWithState } from '../book/append.ts'
import { decideUpon, readBefore } from '../book/decide-batch.ts'
import { ledgerOf } from '../book/ledger-of.ts'
import { helperOf } from '../book/who-acts.ts'
import { readJson } from '../http/body.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { addressKey, useLimit } from '../http/rate-limit.ts'
import {
  accountParam,
  dropHelperCookie,
  helperSession,
  newToken,
  requireHelper,
  requireSession,
  writeHelperCookie,
} from '../http/session.ts'
import { insertHelperCode, putHelper, readHelpers, useHelperCode } from '../storage/helping.ts'
import { insertSession, noteDeviceAccount, revokeSession } from '../storage/sessions.ts'
import type { Sender } from '../verify/findings.ts'
import type { Gate } from './sync.ts'

export async function listHelpers(c: HttpContext, deps: Deps): Promise<HelpersAnswer> {
  const accountId = accountParam(c)
  await requireSession(c, deps, accountId)
  const { ledger } = await ledgerOf(deps.db, await readLivingWithState(deps.db, accountId))
  const rows = await readHelpers(deps.db, accountId)
  return { helpers: rows.filter(({ helperId }) => ledger.helpers?.[helperId]) }
}

/** For somebody who was invited and has not come in. Asked for again, it is another code, and the earlier one still ends by itself. */
export async function makeHelperCode(c: HttpContext, deps: Deps): Promise<HelperCode> {
  const accountId = accountParam(c)
  const helperId = (c.req.param('helperId') ?? '') as HelperId
  await requireSession(c, deps, accountId)
  await readJson(c, helperCodeRequestSchema, BODY_BYTES_MAX)
  const { ledger } = await ledgerOf(deps.db, await readLivingWithState(deps.db, accountId))
  const joined = await readHelpers(deps.db, accountId)
  if (!ledger.helpers?.[helperId] || joined.some((each) => each.helperId === helperId))
    throw new ProblemError('not_found')
  await useLimit(deps, deps.limits.helperCodesPerHour, accountId)
  const code = codeOfBits(drawBits(deps))
  const expiresAt = deps.now() + HELPER_CODE_VALID_MS
  await insertHelperCode(deps.db, { codeKey: keyOfCode(code), accountId, helperId, expiresAt })
  return { code, expiresAt }
}

function drawBits({ randomBytes }: Deps): bigint {
  const bytes = Buffer.from(randomBytes(Math.ceil(CODE_BITS / 8)))
  return BigInt.asUintN(CODE_BITS, BigInt(`0x${bytes.toString('hex')}`))
}

/** Letters that are taken for digits are none of its alphabet. */
function keyOfCode(code: string): string {
  const plain = plainCode(code).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return keyOf('helper code', plain)
}

/** The code is all that a helper has: who guesses is slowed down, and learns of a wrong one no more than of one that was used. */
export async function joinAsHelper(c: HttpContext, deps: Deps): Promise<HelperJoined> {
  const { code, deviceId } = await readJson(c, helperJoinSchema, BODY_BYTES_MAX)
  if (!isUuid(deviceId)) throw new ProblemError('malformed', { detail: 'deviceId: expected a uuid' })
  if (!(deps.config.demo && isLocal(c, deps.config)))
    await useLimit(deps, deps.limits.helperJoinsPerAddress, addressKey(c, deps))
  const at = deps.now()
  const used = await useHelperCode(deps.db, keyOfCode(code), deviceId)
  if (!used) throw new ProblemError('code_wrong')
  const { accountId, helperId, expiresAt } = used
  if (expiresAt <= at) throw new ProblemError('code_expired')
  const account = await readLivingWithState(deps.db, accountId)
  helperOf((await ledgerOf(deps.db, account)).ledger, helperId)
  if (!(await putHelper(deps.db, { accountId, helperId, deviceId, at }))) throw new ProblemError('code_wrong')
  const { token, tokenKey } = newToken(deps)
  const sessionSecret = deps.secret.sessionSecret(token)
  const session = { tokenKey, accountId, deviceId, at, secretDigest: sha256Hex(sessionSecret) }
  await insertSession(deps.db, { ...session, helperId })
  // Beside the accounts that were signed in there: a phone that logs for many is looked at.
  await noteDeviceAccount(deps.db, { deviceId, accountId, at })
  writeHelperCookie(c, deps, accountId, token)
  return { accountId, helperId, city: account.city, sessionSecret }
}

export async function logAsHelper(
  c: HttpContext,
  deps: Deps,
  gate: Pick<Gate, 'countSync' | 'turns'>,
): Promise<HelperLogged> {
  const accountId = accountParam(c)
  const request = await readJson(c, helperLogSchema, HELPER_BOUNDS)
  const session = await requireHelper(c, deps, accountId)
  await gate.countSync(session.tokenKey)
  const { commands } = request
  const parsed = commands.map(parseCommand)
  if (parsed.some((command) => command && !mayHelperSend(command))) throw new ProblemError('not_allowed')
  const before = await readBefore(deps, accountId, commands)
  const sender = senderOf(deps, { accountId, session, request })
  const decided = await gate.turns.run(commands.length, () => decideUpon(deps, before, sender))
  const receipts = decided.receipts.map(({ seq: _, ...receipt }) => receipt)
  return { receipts, now: deps.now() }
}

function senderOf(
  deps: Deps,
  from: {
    accountId: Sender['accountId']
    session: { deviceId: string; helperId: HelperId }
    request: v.InferOutput<typeof helperLogSchema>
  },
): Sender {
  const { accountId, session, request } = from
  const { deviceId, helperId } = session
  const { sentAt, clock } = request
  return {
    accountId,
    deviceId,
    helperId,
    exchange: { sentAt, ...(clock ? { page: clock } : {}) },
    admit: async (db, count) => {
      const rule = deps.limits.helperCommandsPerDay
      if (count > 0) await useLimit({ ...deps, db }, rule, `${accountId} ${helperId}`, count)
    },
  }
}

/** By the cookie alone, as one signs out. That they may log goes on until the owner ends it: with another code they come in again. */
export async function leaveAsHelper(c: HttpContext, deps: Deps): Promise<void> {
  const accountId = accountParam(c)
  const session = await helperSession(c, deps, accountId)
  if (session) await revokeSession(deps.db, session.tokenKey, deps.now())
  dropHelperCookie(c, deps, accountId)
}
