/** A till's session: its cookie, its secret, and with each request a proof by the key that came in with it. Cut, it is told that it was. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { DPOP_HEADER, type DpopProof, readDpop } from '../../src/proof/dpop.ts'
import type { Deps } from '../base/deps.ts'
import { LAST_SEEN_STEP_MS, PROOF_SLACK_MS } from '../base/limits.ts'
import { noteSeen } from '../storage/sessions.ts'
import { noteTillSeen, readTill, type TillRow } from '../storage/tills.ts'
import { type Branch, readBranchOf } from '../tills/branch.ts'
import type { HttpContext } from './env.ts'
import { ProblemError } from './problem.ts'
import { requireSecret, tillSession } from './session.ts'
import type { UsedProofs } from './used-proofs.ts'

interface AtTill {
  readonly till: TillRow
  readonly branch: Branch
  readonly tokenKey: string
}

/** What the device's key proves of this request, once. */
export async function requireProof(c: HttpContext, deps: Deps, used: UsedProofs): Promise<DpopProof> {
  const proof = await readDpop(c.req.header(DPOP_HEADER) ?? '')
  if (proof?.method !== c.req.method || proof.path !== c.req.path) throw new ProblemError('proof_refused')
  const now = deps.now()
  if (Math.abs(now - proof.iat) > PROOF_SLACK_MS) throw new ProblemError('clock_off', { now })
  if (!used.use(proof, now)) throw new ProblemError('proof_refused')
  return proof
}

/** A till or a manager of this branch, or 401; one that was cut or whose merchant is suspended is told so. */
export async function requireTill(
  c: HttpContext,
  deps: Deps,
  { accountId, used }: { accountId: AccountId; used: UsedProofs },
): Promise<AtTill> {
  const session = await tillSession(c, deps, accountId)
  if (!session) throw new ProblemError('not_signed_in')
  requireSecret(c, session)
  const { tillId, tokenKey, deviceId, lastSeenAt } = session
  const { thumbprint } = await requireProof(c, deps, used)
  const till = tillId === null ? undefined : await readTill(deps.db, { accountId, tillId })
  // Of a branch whose account is gone, its reader says so.
  const branch = await readBranchOf(deps, accountId)
  if (till?.keyThumbprint !== thumbprint) throw new ProblemError('proof_refused')
  if (till.revokedAt !== null) throw new ProblemError('till_revoked')
  if (branch.merchant.state === 'suspended') throw new ProblemError('merchant_suspended')
  const now = deps.now()
  if (deviceId !== null && lastSeenAt !== null && now - lastSeenAt > LAST_SEEN_STEP_MS) {
    await noteSeen(deps.db, { tokenKey, accountId, deviceId }, now)
    await noteTillSeen(deps.db, till, now)
  }
  return { till, branch, tokenKey }
}

export async function requireManager(
  c: HttpContext,
  deps: Deps,
  asked: { accountId: AccountId; used: UsedProofs },
): Promise<AtTill> {
  const at = await requireTill(c, deps, asked)
  if (at.till.role !== 'manager') throw new ProblemError('manager_only')
  return at
}
