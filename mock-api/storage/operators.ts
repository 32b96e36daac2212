/** People at the desk, their roles, and invitations for new ones. */
import type { OperatorId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Grant, Role } from '../../src/domain/ledger/operator.ts'
import type { Queryable } from './db.ts'

interface OperatorRow {
  readonly operatorId: OperatorId
  readonly name: string
  readonly state: 'active' | 'suspended'
  readonly isSample: boolean
  readonly createdAt: number
}

interface RoleRow {
  readonly operatorId: OperatorId
  readonly role: Role
  /** Empty: all. */
  readonly city: string
}

const COLUMNS = 'operator_id as "operatorId", name, state, is_sample as "isSample", created_at as "createdAt"'

export async function readOperator(db: Queryable, operatorId: string): Promise<OperatorRow | undefined> {
  const rows = await db.query<OperatorRow>(`select ${COLUMNS} from operators where operator_id = $1`, [
    operatorId,
  ])
  return rows[0]
}

export async function readOperators(db: Queryable): Promise<OperatorRow[]> {
  return await db.query<OperatorRow>(`select ${COLUMNS} from operators order by created_at, operator_id`)
}

/** Whether this call added them. */
export async function insertOperator(
  db: Queryable,
  operator: { operatorId: string; name: string; isSample: boolean; at: Instant },
): Promise<boolean> {
  const { operatorId, name, isSample, at } = operator
  const rows = await db.query(
    `insert into operators (operator_id, name, state, is_sample, created_at) values ($1, $2, 'active', $3, $4)
     on conflict (operator_id) do nothing returning operator_id`,
    [operatorId, name, isSample, at],
  )
  return rows.length > 0
}

export async function writeOperatorState(
  db: Queryable,
  operatorId: string,
  state: OperatorRow['state'],
): Promise<void> {
  await db.query('update operators set state = $2 where operator_id = $1', [operatorId, state])
}

export async function readGrants(db: Queryable, operatorId: string): Promise<Grant[]> {
  const rows = await db.query<RoleRow>(
    'select operator_id as "operatorId", role, city from operator_roles where operator_id = $1 order by role, city',
    [operatorId],
  )
  return rows.map(toGrant)
}

export async function readAllGrants(db: Queryable): Promise<(Grant & { operatorId: OperatorId })[]> {
  const rows = await db.query<RoleRow>(
    'select operator_id as "operatorId", role, city from operator_roles order by operator_id, role, city',
  )
  return rows.map((row) => ({ operatorId: row.operatorId, ...toGrant(row) }))
}

function toGrant({ role, city }: RoleRow): Grant {
  return { role, ...(city === '' ? {} : { city: city as NonNullable<Grant['city']> }) }
}

/** These and no others. */
export async function writeGrants(
  tx: Queryable,
  operatorId: string,
  grants: readonly Grant[],
): Promise<void> {
  await tx.query('delete from operator_roles where operator_id = $1', [operatorId])
  for (const { role, city = '' } of grants)
    await tx.query(
      `insert into operator_roles (operator_id, role, city) values ($1, $2, $3)
       on conflict (operator_id, role, city) do nothing`,
      [operatorId, role, city],
    )
}

interface InvitationRow {
  readonly operatorId: OperatorId
  readonly name: string
  readonly roles: string
  readonly invitedBy: OperatorId
  readonly expiresAt: number
  readonly usedAt: number | null
}

const INVITATION = `operator_id as "operatorId", name, roles, invited_by as "invitedBy", expires_at as "expiresAt", used_at as "usedAt"`

/** Said again, it is the same. */
export async function insertInvitation(
  db: Queryable,
  row: {
    codeKey: string
    operatorId: string
    name: string
    roles: string
    invitedBy: string
    expiresAt: Instant
  },
): Promise<void> {
  await db.query(
    `insert into operator_invitations (code_key, operator_id, name, roles, invited_by, expires_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (code_key) do nothing`,
    [row.codeKey, row.operatorId, row.name, row.roles, row.invitedBy, row.expiresAt],
  )
}

export async function readInvitation(db: Queryable, codeKey: string): Promise<InvitationRow | undefined> {
  const rows = await db.query<InvitationRow>(
    `select ${INVITATION} from operator_invitations where code_key = $1`,
    [codeKey],
  )
  return rows[0]
}

/** Invitations that nobody has used. */
export async function readOpenInvitations(db: Queryable, now: Instant): Promise<InvitationRow[]> {
  return await db.query<InvitationRow>(
    `select ${INVITATION} from operator_invitations where used_at is null and expires_at > $1 order by expires_at`,
    [now],
  )
}

/** False: somebody has used it. */
export async function useInvitation(tx: Queryable, codeKey: string, at: Instant): Promise<boolean> {
  const rows = await tx.query(
    'update operator_invitations set used_at = $2 where code_key = $1 and used_at is null returning code_key',
    [codeKey, at],
  )
  return rows.length > 0
}
