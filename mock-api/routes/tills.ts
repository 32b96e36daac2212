/** A branch's tills: coming in by a code, the exchange, the status to work by without a network, and what a manager does with the others. */
import type { SyncAnswer } from '../../src/contract/sync.ts'
import {
  type TillCode,
  type TillJoined,
  type TillPeople,
  type TillRevoked,
  type TillStatus,
  tillCodeRequestSchema,
  tillJoinSchema,
} from '../../src/contract/till.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { BODY_BYTES_MAX, LAST_SEEN_STEP_MS } from '../base/limits.ts'
import { readJson } from '../http/body.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { addressKey, useLimit } from '../http/rate-limit.ts'
import { accountParam, dropTillCookie, newToken, tillSession, writeTillCookie } from '../http/session.ts'
import { requireManager, requireProof, requireTill } from '../http/till-session.ts'
import type { UsedProofs } from '../http/used-proofs.ts'
import { insertSession, revokeSession } from '../storage/sessions.ts'
import { insertTill, noteTillSync, readTill, readTills, revokeTill, useTillCode } from '../storage/tills.ts'
import { readBranchOf, toldBranch } from '../tills/branch.ts'
import { statusFor } from '../tills/status.ts'
import { keyOfCode, makeTillCode } from '../tills/till-code.ts'
import { toldCut, toldTill } from '../tills/told.ts'
import { exchangeAs, type Gate, readSync } from './sync.ts'

/** The code is all that a device has: who guesses is slowed down, and learns of a wrong one no more than of one that was used. */
export async function joinAsTill(c: HttpContext, deps: Deps, used: UsedProofs): Promise<TillJoined> {
  const { code, deviceId } = await readJson(c, tillJoinSchema, BODY_BYTES_MAX)
  if (!isUuid(deviceId)) throw new ProblemError('malformed', { detail: 'deviceId: expected a uuid' })
  if (!(deps.config.demo && isLocal(c, deps.config)))
    await useLimit(deps, deps.limits.tillJoinsPerAddress, addressKey(c, deps))
  const { thumbprint: keyThumbprint } = await requireProof(c, deps, used)
  const at = deps.now()
  const found = await useTillCode(deps.db, keyOfCode(code), keyThumbprint)
  if (!found) throw new ProblemError('code_wrong')
  if (found.expiresAt <= at) throw new ProblemError('code_expired')
  const { accountId, tillId, name, role } = found
  const branch = await readBranchOf(deps, accountId)
  if (branch.merchant.state === 'suspended') throw new ProblemError('merchant_suspended')
  await insertTill(deps.db, { accountId, tillId, name, role, deviceId, keyThumbprint, joinedAt: at })
  // Cut within the code's ten minutes, it does not come in again by it.
  if ((await readTill(deps.db, { accountId, tillId }))?.revokedAt !== null)
    throw new ProblemError('till_revoked')
  const { token, tokenKey } = newToken(deps)
  const sessionSecret = deps.secret.sessionSecret(token)
  const session = { tokenKey, accountId, deviceId, at, secretDigest: sha256Hex(sessionSecret) }
  await insertSession(deps.db, { ...session, till: { id: tillId, role } })
  writeTillCookie(c, deps, accountId, token)
  return { tillId, role, name, branch: toldBranch(branch), sessionSecret }
}

/** As a phone's, for the branch's journal; its records say which till it was. */
export async function syncAsTill(
  c: HttpContext,
  deps: Deps,
  { gate, used }: { gate: Gate; used: UsedProofs },
): Promise<SyncAnswer> {
  const accountId = accountParam(c)
  const request = await readSync(c)
  if (request.accountId !== accountId)
    throw new ProblemError('malformed', { detail: 'accountId: expected that of the address' })
  const { till, tokenKey } = await requireTill(c, deps, { accountId, used })
  await gate.countSync(tokenKey)
  const { tillId: id, name, role, deviceId } = till
  const answer = await exchangeAs(deps, gate, request, { accountId, deviceId, till: { id, name, role } })
  const now = deps.now()
  const isNews = request.commands.length > 0 || now - (till.lastSyncAt ?? 0) > LAST_SEEN_STEP_MS
  if (answer.state === 'ok' && isNews) await noteTillSync(deps.db, till, now)
  return answer
}

export async function readTillStatus(c: HttpContext, deps: Deps, used: UsedProofs): Promise<TillStatus> {
  const { till, branch } = await requireTill(c, deps, { accountId: accountParam(c), used })
  return statusFor(deps, till, branch)
}

export async function listTillPeople(c: HttpContext, deps: Deps, used: UsedProofs): Promise<TillPeople> {
  const accountId = accountParam(c)
  const { till } = await requireManager(c, deps, { accountId, used })
  const tills = await readTills(deps.db, accountId)
  return { tills: tills.map((each) => ({ ...toldTill(each), isThis: each.tillId === till.tillId })) }
}

export async function makeTillCodeRoute(c: HttpContext, deps: Deps, used: UsedProofs): Promise<TillCode> {
  const accountId = accountParam(c)
  const asked = await readJson(c, tillCodeRequestSchema, BODY_BYTES_MAX)
  await requireManager(c, deps, { accountId, used })
  await useLimit(deps, deps.limits.tillCodesPerHour, accountId)
  return makeTillCode(deps, accountId, asked)
}

/** At once: the next request of that till is refused. What it had sent until then stands. */
export async function revokeTillRoute(c: HttpContext, deps: Deps, used: UsedProofs): Promise<TillRevoked> {
  const accountId = accountParam(c)
  const tillId = c.req.param('tillId') ?? ''
  await requireManager(c, deps, { accountId, used })
  const cut = isUuid(tillId) ? await revokeTill(deps.db, { accountId, tillId }, deps.now()) : undefined
  if (!cut) throw new ProblemError('not_found')
  return toldCut(cut)
}

/** By the cookie alone, as one signs out; said again, it is as good. To come back it needs another code. */
export async function leaveAsTill(c: HttpContext, deps: Deps): Promise<void> {
  const accountId = accountParam(c)
  const session = await tillSession(c, deps, accountId)
  if (session) {
    await revokeSession(deps.db, session.tokenKey, deps.now())
    if (session.tillId !== null) await revokeTill(deps.db, { accountId, tillId: session.tillId }, deps.now())
  }
  dropTillCookie(c, deps, accountId)
}
