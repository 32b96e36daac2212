/** People at the desk: what they may do, by role and city, and the records of the offices that they act for. */
import type { CityId } from '../base/city.ts'
import type { OperatorId } from '../base/ids.ts'

/** `auditor` reads all and changes nothing; `admin` is over people and keys. None is implied by another. */
export const ROLES = [
  'reviewer',
  'catalog',
  'finance',
  'issuer',
  'registrar',
  'approver',
  'auditor',
  'admin',
] as const

export type Role = (typeof ROLES)[number]

/** Without a city: for all of them. */
export interface Grant {
  readonly role: Role
  readonly city?: CityId
}

/** Without a city: whether they have the role anywhere. */
export function hasRole(grants: readonly Grant[], roles: readonly Role[], city?: CityId): boolean {
  return grants.some(
    (grant) =>
      roles.includes(grant.role) && (city === undefined || grant.city === undefined || grant.city === city),
  )
}

/** Cities in which they have one of the roles; undefined: all. */
export function citiesOf(grants: readonly Grant[], roles: readonly Role[]): readonly CityId[] | undefined {
  const own = grants.filter(({ role }) => roles.includes(role))
  return own.some(({ city }) => city === undefined) ? undefined : own.flatMap(({ city }) => city ?? [])
}

/** Records of an office's journal. No phone ever holds one, so that the tables of kinds on phones do without them. */
export type OfficeKind =
  | 'office.act'
  | 'office.fail'
  | 'proposal.make'
  | 'proposal.approve'
  | 'proposal.reject'
  | 'proposal.run'
  | 'proposal.end'

/** Who acted at the desk, in an office's record. */
export interface ActingOperator {
  readonly id: OperatorId
  readonly name: string
  /** The key of the session, from which nobody can sign in. */
  readonly session: string
}
