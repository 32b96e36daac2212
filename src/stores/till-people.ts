/** The devices of a branch, for its managers: who there are, codes for new ones, removing one. Each call may throw a SyncProblem. */
import type { TillCode, TillPeople, TillRevoked } from '../contract/till.ts'
import type { TillRole } from '../domain/ledger/till.ts'
import type { TillApi } from '../sync/till-api.ts'
import { useTillStore } from './till.ts'

export type TillDevice = TillPeople['tills'][number]

export function useTillPeople() {
  const store = useTillStore()

  async function api(): Promise<TillApi> {
    if (!store.current) throw new Error('this device is no till')
    return (await store.exchange()).api(store.current)
  }
  return {
    people: async (): Promise<readonly TillDevice[]> => (await api()).people(),
    code: async (asked: { role: TillRole; name: string }): Promise<TillCode> => (await api()).code(asked),
    revoke: async (tillId: string): Promise<TillRevoked> => (await api()).revoke(tillId),
  }
}
