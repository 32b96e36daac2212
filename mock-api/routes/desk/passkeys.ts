/** One's own passkeys and recovery codes. */
import type * as v from 'valibot'
import {
  addPasskeySchema,
  type Passkeys,
  type passkeySchema,
  type recoveryCodesSchema,
} from '../../../src/contract/desk/operators.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX } from '../../base/limits.ts'
import { actInOffice } from '../../book/act-in-office.ts'
import { readRegistration, registrationOptions } from '../../desk/ceremonies.ts'
import { drawRecoveryCodes, recoveryKey } from '../../desk/codes.ts'
import { addPasskeyAct, recoveryAct, revokePasskeyAct } from '../../desk/people-acts.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { type Operator, requireOperator, requireStepUp } from '../../http/operator.ts'
import { ProblemError } from '../../http/problem.ts'
import { noteStepUp } from '../../storage/operator-sessions.ts'
import { countRecoveryCodes, type PasskeyRow, readPasskeys } from '../../storage/passkeys.ts'
import { braked, partyOf } from './party.ts'

export function toPasskey({
  credentialId,
  name,
  createdAt,
  usedAt,
  revokedAt,
}: PasskeyRow): v.InferOutput<typeof passkeySchema> {
  return {
    ...{ credentialId, name, createdAt },
    ...(usedAt === null ? {} : { usedAt }),
    ...(revokedAt === null ? {} : { revokedAt }),
  }
}

export async function listPasskeys(c: HttpContext, deps: Deps): Promise<Passkeys> {
  const { operatorId } = await requireOperator(c, deps)
  return {
    passkeys: (await readPasskeys(deps.db, operatorId)).map(toPasskey),
    recoveryCodesLeft: await countRecoveryCodes(deps.db, operatorId),
  }
}

/** Whoever came in by a recovery code has none to confirm by: this is what they came for. */
async function requireOwner(c: HttpContext, deps: Deps): Promise<Operator> {
  const operator = await requireOperator(c, deps)
  if (operator.session.way !== 'recovery' || operator.session.stepUpAt !== null) requireStepUp(deps, operator)
  if (operator.isSample) throw new ProblemError('not_allowed')
  return operator
}

export async function addPasskeyOptions(c: HttpContext, deps: Deps): Promise<{ options: object }> {
  const { operatorId, name } = await requireOwner(c, deps)
  const asking = { purpose: 'add', operatorId, person: { id: operatorId, name } } as const
  return { options: await registrationOptions(deps, partyOf(c, deps), asking) }
}

export async function addPasskey(c: HttpContext, deps: Deps): Promise<Passkeys> {
  const operator = await requireOwner(c, deps)
  const { response, passkeyName } = await readJson(c, addPasskeySchema, BODY_BYTES_MAX)
  const { operatorId } = operator
  const { challenge, passkey } = await braked(c, deps, () =>
    readRegistration(deps, partyOf(c, deps), { response, purpose: 'add' }),
  )
  if (challenge.operatorId !== operatorId) throw new ProblemError('passkey_refused')
  await actInOffice(deps, operator, {
    act: addPasskeyAct,
    subject: `operator ${operatorId}`,
    payload: { operatorId, passkey: { ...passkey, name: passkeyName } },
  })
  // It was made a moment ago, with verification: as good as an assertion.
  await noteStepUp(deps.db, operator.sessionKey, deps.now())
  return listPasskeys(c, deps)
}

/** Not the last one: whoever has lost it comes in by a recovery code first. All sessions end with it, this one too. */
export async function revokeOwnPasskey(c: HttpContext, deps: Deps): Promise<void> {
  const operator = await requireOwner(c, deps)
  const { operatorId } = operator
  const credentialId = c.req.param('credentialId') ?? ''
  const living = (await readPasskeys(deps.db, operatorId)).filter(({ revokedAt }) => revokedAt === null)
  if (!living.some((key) => key.credentialId === credentialId)) throw new ProblemError('not_found')
  if (living.length === 1) throw new ProblemError('not_allowed')
  await actInOffice(deps, operator, {
    act: revokePasskeyAct,
    subject: `operator ${operatorId}`,
    payload: { operatorId, credentialId },
  })
}

/** Ten new ones, shown once; the earlier ones open nothing any more. */
export async function renewRecoveryCodes(
  c: HttpContext,
  deps: Deps,
): Promise<v.InferOutput<typeof recoveryCodesSchema>> {
  const operator = await requireOwner(c, deps)
  const codes = drawRecoveryCodes(deps)
  const { operatorId } = operator
  await actInOffice(deps, operator, {
    act: recoveryAct,
    subject: `operator ${operatorId}`,
    payload: { operatorId, codeKeys: codes.map(recoveryKey) },
  })
  return { codes }
}
