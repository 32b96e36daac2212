/** Coming in at the desk and leaving it: the first administrator by the token, others by an invitation, everybody by a passkey from then on. */
import * as v from 'valibot'
import {
  type DeskDoor,
  type DeskSession,
  type enrolledSchema,
  enrolOptionsSchema,
  enrolSchema,
  grantsSchema,
  recoverySchema,
  sampleSessionSchema,
  signInByPasskeySchema,
} from '../../../src/contract/desk/operators.ts'
import type { OperatorId } from '../../../src/domain/base/ids.ts'
import type { Grant } from '../../../src/domain/ledger/operator.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX, OPERATOR_SESSION_MS, RECOVERY_AGAIN_MS, STEP_UP_MS } from '../../base/limits.ts'
import { keyOf } from '../../base/secret.ts'
import { actInOffice } from '../../book/act-in-office.ts'
import {
  assertionOptions,
  DoorRefused,
  readAssertion,
  readRegistration,
  registrationOptions,
} from '../../desk/ceremonies.ts'
import { drawRecoveryCodes, invitationKey, recoveryKey } from '../../desk/codes.ts'
import { enrolAct } from '../../desk/people-acts.ts'
import { openSamplePerson } from '../../desk/sample-people.ts'
import { readJson } from '../../http/body.ts'
import { type HttpContext, isLocal } from '../../http/env.ts'
import {
  beginOperatorSession,
  browserAtDoor,
  dropOperatorCookie,
  hasToken,
  nameAtDoor,
  type Operator,
  type OperatorSession,
  operatorSessionKey,
  requireOperator,
} from '../../http/operator.ts'
import { ProblemError } from '../../http/problem.ts'
import { newToken } from '../../http/session.ts'
import { endOperatorSession, noteStepUp, readOperatorSession } from '../../storage/operator-sessions.ts'
import { readInvitation, readOperator, readOperators } from '../../storage/operators.ts'
import { countRecoveryCodes, useRecoveryCode } from '../../storage/passkeys.ts'
import { braked, countCeremony, partyOf } from './party.ts'

/** Always the same person, so that there is one first administrator however often it is tried. */
const FIRST = keyOf('operator', 'first administrator') as OperatorId

export async function readDoor(c: HttpContext, deps: Deps): Promise<DeskDoor> {
  const hasToken = deps.config.opsToken !== undefined
  nameAtDoor(c, deps)
  return { needsFirst: await needsFirst(deps), hasToken, hasSamples: hasSamples(c, deps) }
}

function hasSamples(c: HttpContext, { config }: Deps): boolean {
  return config.demo && isLocal(c, config)
}

async function needsFirst({ db }: Deps): Promise<boolean> {
  return (await readOperators(db)).every(({ isSample }) => isSample)
}

/** What is made out at the beginning of an enrolment, and held to at its end. */
interface Enrolment {
  readonly operatorId: OperatorId
  readonly name: string
  readonly roles: readonly Grant[]
  readonly invitation?: string
}

async function enrolmentOf(
  c: HttpContext,
  deps: Deps,
  { invitation, name }: v.InferOutput<typeof enrolOptionsSchema>,
): Promise<Enrolment> {
  if (invitation === undefined) return firstEnrolment(c, deps, name)
  const codeKey = invitationKey(invitation)
  const row = await readInvitation(deps.db, codeKey)
  if (!row || row.usedAt !== null) throw new DoorRefused('code_wrong')
  if (row.expiresAt <= deps.now()) throw new ProblemError('code_expired')
  const roles = v.parse(grantsSchema, JSON.parse(row.roles))
  return { operatorId: row.operatorId, name: row.name, roles, invitation: codeKey }
}

/** The token opens this one door, and only while nobody has come in by it. */
async function firstEnrolment(c: HttpContext, deps: Deps, name: string | undefined): Promise<Enrolment> {
  const { opsToken } = deps.config
  if (opsToken === undefined || !hasToken(c, opsToken)) throw new ProblemError('not_signed_in')
  if (!(await needsFirst(deps))) throw new ProblemError('not_allowed')
  if (name === undefined) throw new ProblemError('malformed', { detail: 'name: expected a name' })
  return { operatorId: FIRST, name, roles: [{ role: 'admin' }] }
}

export async function enrolOptions(c: HttpContext, deps: Deps): Promise<{ options: object }> {
  const asked = await readJson(c, enrolOptionsSchema, BODY_BYTES_MAX)
  await countCeremony(c, deps)
  return braked(c, deps, async () => {
    const about = await enrolmentOf(c, deps, asked)
    const person = { id: about.operatorId, name: about.name }
    return { options: await registrationOptions(deps, partyOf(c, deps), { purpose: 'enrol', about, person }) }
  })
}

export async function enrol(c: HttpContext, deps: Deps): Promise<v.InferOutput<typeof enrolledSchema>> {
  const { response, passkeyName, invitation } = await readJson(c, enrolSchema, BODY_BYTES_MAX)
  return braked(c, deps, async () => {
    const { challenge, passkey } = await readRegistration(deps, partyOf(c, deps), {
      response,
      purpose: 'enrol',
    })
    const made = JSON.parse(challenge.about ?? '{}') as Enrolment
    // Once more by now: the invitation may have been used, the first administrator may have come.
    const { operatorId, name, roles } = await enrolmentOf(c, deps, {
      ...(invitation === undefined ? {} : { invitation }),
      name: made.name,
    })
    if (operatorId !== made.operatorId) throw new DoorRefused()
    const codes = drawRecoveryCodes(deps)
    const session = { sessionKey: 'enrolment', actId: deps.newId() }
    await actInOffice(
      deps,
      { operatorId, name, ...session },
      {
        act: enrolAct,
        subject: `operator ${operatorId}`,
        payload: {
          ...{ operatorId, name, roles: [...roles], passkey: { ...passkey, name: passkeyName } },
          codeKeys: codes.map(recoveryKey),
          ...(made.invitation === undefined ? {} : { invitation: made.invitation }),
        },
      },
    )
    await beginOperatorSession(c, deps, { operatorId, way: 'passkey' })
    return { operatorId, codes }
  })
}

export async function signInOptions(c: HttpContext, deps: Deps): Promise<{ options: object }> {
  await countCeremony(c, deps)
  return braked(c, deps, async () => ({
    options: await assertionOptions(deps, partyOf(c, deps), { purpose: 'sign-in' }),
  }))
}

export async function signInByPasskey(c: HttpContext, deps: Deps): Promise<void> {
  const { response } = await readJson(c, signInByPasskeySchema, BODY_BYTES_MAX)
  await braked(c, deps, async () => {
    const operatorId = await readAssertion(deps, partyOf(c, deps), { response, purpose: 'sign-in' })
    await begin(c, deps, { operatorId, way: 'passkey' })
  })
}

/**
 * For whoever has lost their passkeys: each code once, and the first thing to do is to add a passkey. The session is that of the code and of this
 * browser; presented again before that session was asked with, the answer has been lost, and it is given again.
 */
export async function signInByRecovery(c: HttpContext, deps: Deps): Promise<void> {
  const { code } = await readJson(c, recoverySchema, BODY_BYTES_MAX)
  await braked(c, deps, async () => {
    const codeKey = recoveryKey(code)
    const browser = browserAtDoor(c) ?? newToken(deps).token
    const token = deps.secret.codeToken(`recovery ${codeKey} ${browser}`)
    const tokenKey = operatorSessionKey(token)
    const before = await readOperatorSession(deps.db, tokenKey)
    if (before && (before.usedAt !== null || before.endedAt !== null)) throw new DoorRefused('code_wrong')
    const at = deps.now()
    const times = { at, since: at - RECOVERY_AGAIN_MS }
    const operatorId = await useRecoveryCode(deps.db, { codeKey, tokenKey }, times)
    if (!operatorId) throw new DoorRefused('code_wrong')
    deps.log('warn', 'recovery code used', { operator: operatorId })
    await begin(c, deps, { operatorId, way: 'recovery', token })
  })
}

async function begin(c: HttpContext, deps: Deps, session: OperatorSession): Promise<void> {
  if ((await readOperator(deps.db, session.operatorId))?.state !== 'active') throw new DoorRefused()
  await beginOperatorSession(c, deps, session)
}

/** Of a demo, on its own machine: two people who are marked as samples, so that anybody can see how four eyes work. */
export async function signInAsSample(c: HttpContext, deps: Deps): Promise<void> {
  const { who } = await readJson(c, sampleSessionSchema, BODY_BYTES_MAX)
  if (!hasSamples(c, deps)) throw new ProblemError('not_found')
  const operatorId = await openSamplePerson(deps, who)
  await beginOperatorSession(c, deps, { operatorId, way: 'sample' })
}

export async function stepUpOptions(c: HttpContext, deps: Deps): Promise<{ options: object }> {
  const { operatorId } = await requireOperator(c, deps)
  const asking = { purpose: 'step-up', operatorId } as const
  return { options: await assertionOptions(deps, partyOf(c, deps), asking) }
}

export async function stepUp(c: HttpContext, deps: Deps): Promise<DeskSession> {
  const operator = await requireOperator(c, deps)
  const { response } = await readJson(c, signInByPasskeySchema, BODY_BYTES_MAX)
  const { operatorId } = operator
  await braked(c, deps, () =>
    readAssertion(deps, partyOf(c, deps), { response, purpose: 'step-up', operatorId }),
  )
  await noteStepUp(deps.db, operator.sessionKey, deps.now())
  return sessionOf(deps, await requireOperator(c, deps))
}

export async function readDeskSession(c: HttpContext, deps: Deps): Promise<DeskSession> {
  return sessionOf(deps, await requireOperator(c, deps))
}

async function sessionOf(deps: Deps, operator: Operator): Promise<DeskSession> {
  const { operatorId, name, roles, isSample, session } = operator
  const { way, createdAt, stepUpAt } = session
  return {
    ...{ operatorId, name, roles: [...roles], isSample, way },
    endsAt: createdAt + OPERATOR_SESSION_MS,
    ...(stepUpAt === null ? {} : { stepUpUntil: stepUpAt + STEP_UP_MS }),
    recoveryCodesLeft: await countRecoveryCodes(deps.db, operatorId),
    now: deps.now(),
  }
}

/** Ended on the server, whatever the browser does with its cookie. */
export async function leaveDesk(c: HttpContext, deps: Deps): Promise<void> {
  const operator = await requireOperator(c, deps)
  await endOperatorSession(deps.db, operator.sessionKey, deps.now())
  dropOperatorCookie(c, deps)
}
