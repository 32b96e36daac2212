/** A till as its manager, or somebody at the desk, is told of it. */
import type { TillPerson, TillRevoked } from '../../src/contract/till.ts'
import type { TillRow } from '../storage/tills.ts'

export function toldTill(till: TillRow): Omit<TillPerson, 'isThis'> {
  const { tillId, name, role, joinedAt, lastSeenAt, lastSyncAt, revokedAt } = till
  return {
    ...{ tillId, name, role, joinedAt, lastSeenAt },
    ...(lastSyncAt === null ? {} : { lastSyncAt }),
    ...(revokedAt === null ? {} : { revokedAt }),
  }
}

export function toldCut({ tillId, name, revokedAt, lastSyncAt }: TillRow): TillRevoked {
  if (revokedAt === null) throw new Error('a till that was cut says when')
  return { tillId, name, revokedAt, ...(lastSyncAt === null ? {} : { lastSyncAt }) }
}
