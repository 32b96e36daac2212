/** People and their roles, for whoever administers the desk. Nobody changes their own: so there is always somebody who can mend it. */
import type * as v from 'valibot'
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import {
  invitationSchema,
  type invitedSchema,
  operatorStateSchema,
  type People,
  type peopleSchema,
  rolesSchema,
} from '../../../src/contract/desk/operators.ts'
import type { proposedSchema } from '../../../src/contract/desk/proposals.ts'
import { isUuid, type OperatorId } from '../../../src/domain/base/ids.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX, INVITATION_MS } from '../../base/limits.ts'
import { keyOf } from '../../base/secret.ts'
import { actInOffice } from '../../book/act-in-office.ts'
import { actOrPropose } from '../../book/proposals.ts'
import { invitationKey } from '../../desk/codes.ts'
import { inviteAct, revokePasskeyAct, rolesAct, stateAct } from '../../desk/people-acts.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { type Operator, requireRole } from '../../http/operator.ts'
import { ProblemError } from '../../http/problem.ts'
import { readAllGrants, readOpenInvitations, readOperator, readOperators } from '../../storage/operators.ts'
import { readPasskeys } from '../../storage/passkeys.ts'
import { pageOfAll } from './list-page.ts'
import { toPasskey } from './passkeys.ts'

type Proposed = v.InferOutput<typeof proposedSchema>

export async function listPeople(c: HttpContext, deps: Deps): Promise<People> {
  await requireRole(c, deps, 'admin')
  const grants = await readAllGrants(deps.db)
  const passkeys = await readPasskeys(deps.db)
  const people: v.InferOutput<typeof peopleSchema>['people'] = (await readOperators(deps.db)).map(
    (person) => ({
      ...person,
      roles: grants.flatMap(({ operatorId, ...grant }) => (operatorId === person.operatorId ? [grant] : [])),
      passkeys: passkeys.filter(({ operatorId }) => operatorId === person.operatorId).map(toPasskey),
    }),
  )
  const invited = (await readOpenInvitations(deps.db, deps.now())).map(({ name, roles, expiresAt }) => ({
    ...{ name, roles: JSON.parse(roles) as People['invited'][number]['roles'], expiresAt },
  }))
  const { rows, ...rest } = pageOfAll(c, DESK_LISTS.people, people, {
    key: ({ createdAt, operatorId }) => `${String(createdAt).padStart(16, '0')} ${operatorId}`,
    words: ({ name, operatorId }) => [name, operatorId],
    sorts: { name: ({ name }) => name, since: ({ createdAt }) => createdAt },
    filters: {
      state: (person, state) => person.state === state,
      role: ({ roles }, role) => roles.some((grant) => grant.role === role),
    },
  })
  return { people: rows, invited, ...rest }
}

/** A link's code for somebody new; or a proposal, where the roles are over others. Then the code is told all the same, and opens once it is approved. */
export async function invite(
  c: HttpContext,
  deps: Deps,
): Promise<v.InferOutput<typeof invitedSchema> & Partial<Proposed>> {
  const operator = await requireRole(c, deps, 'admin', { stepUp: true })
  const { name, roles } = await readJson(c, invitationSchema, BODY_BYTES_MAX)
  const code = deps.secret.invitationCode(operator.actId)
  const codeKey = invitationKey(code)
  const operatorId = keyOf('operator', code) as OperatorId
  // By the day: asked again a moment later, it is the same request.
  const expiresAt = deps.now() - (deps.now() % INVITATION_MS) + 2 * INVITATION_MS
  const made = await actOrPropose(deps, operator, {
    act: inviteAct,
    subject: `operator ${operatorId}`,
    payload: { operatorId, name, roles: [...roles], codeKey, expiresAt },
  })
  return { code, expiresAt, ...('proposed' in made ? made.proposed : {}) }
}

export async function changeRoles(c: HttpContext, deps: Deps): Promise<Partial<Proposed>> {
  const operator = await requireRole(c, deps, 'admin', { stepUp: true })
  const { roles } = await readJson(c, rolesSchema, BODY_BYTES_MAX)
  const operatorId = await other(c, deps, operator)
  const made = await actOrPropose(deps, operator, {
    act: rolesAct,
    subject: `operator ${operatorId}`,
    payload: { operatorId, roles: [...roles] },
  })
  return 'proposed' in made ? made.proposed : {}
}

export async function changeState(c: HttpContext, deps: Deps): Promise<void> {
  const operator = await requireRole(c, deps, 'admin', { stepUp: true })
  const { state } = await readJson(c, operatorStateSchema, BODY_BYTES_MAX)
  const operatorId = await other(c, deps, operator)
  await actInOffice(deps, operator, {
    act: stateAct,
    subject: `operator ${operatorId}`,
    payload: { operatorId, state },
  })
}

export async function revokeOthersPasskey(c: HttpContext, deps: Deps): Promise<void> {
  const operator = await requireRole(c, deps, 'admin', { stepUp: true })
  const operatorId = await other(c, deps, operator)
  const credentialId = c.req.param('credentialId') ?? ''
  const keys = await readPasskeys(deps.db, operatorId)
  if (!keys.some((key) => key.credentialId === credentialId)) throw new ProblemError('not_found')
  await actInOffice(deps, operator, {
    act: revokePasskeyAct,
    subject: `operator ${operatorId}`,
    payload: { operatorId, credentialId },
  })
}

/** Somebody else at the desk, whom an administrator changes. */
async function other(c: HttpContext, deps: Deps, { operatorId: own }: Operator): Promise<OperatorId> {
  const operatorId = (c.req.param('operatorId') ?? '') as OperatorId
  if (!isUuid(operatorId) || !(await readOperator(deps.db, operatorId))) throw new ProblemError('not_found')
  if (operatorId === own) throw new ProblemError('not_allowed')
  return operatorId
}
