/** Two people of a demo's desk: a clerk who has every role but one, and one who approves. They have no passkeys, and say that they are samples. */
import type { OperatorId } from '../../src/domain/base/ids.ts'
import type { Grant, Role } from '../../src/domain/ledger/operator.ts'
import type { Deps } from '../base/deps.ts'
import { keyOf } from '../base/secret.ts'
import { insertOperator, writeGrants } from '../storage/operators.ts'

const CLERK: readonly Role[] = ['reviewer', 'catalog', 'finance', 'issuer', 'registrar', 'admin']

const PEOPLE = {
  clerk: { name: '示例管理员', roles: CLERK },
  approver: { name: '示例复核员', roles: ['approver', 'reviewer', 'auditor'] },
} as const satisfies Readonly<Record<string, { name: string; roles: readonly Role[] }>>

export async function openSamplePerson(deps: Deps, who: keyof typeof PEOPLE): Promise<OperatorId> {
  const { name, roles } = PEOPLE[who]
  const operatorId = keyOf('operator', `sample ${who}`) as OperatorId
  const grants: Grant[] = roles.map((role) => ({ role }))
  await deps.db.transaction(async (tx) => {
    if (await insertOperator(tx, { operatorId, name, isSample: true, at: deps.now() }))
      await writeGrants(tx, operatorId, grants)
  })
  return operatorId
}
