/** Rows and fold that another build made are made anew, once after an upgrade: no part of the first load. A long journal takes its time, which is no trouble. */
import { watch } from 'vue'
import { troubleEntry } from '../composables/read-troubles.ts'
import type { LedgerDb } from '../db/database.ts'

/** @param stale the open ledger, if another build made its rows */
export function useRefreshOfStale(stale: () => LedgerDb | undefined): void {
  const trouble = troubleEntry()

  async function refreshOf(db: LedgerDb): Promise<void> {
    try {
      const { groupOfCode, refresh } = await import('./refresh-ledger.ts')
      await refresh(db, groupOfCode)
    } catch (error) {
      if (stale() === db) trouble.set({ error, isEmpty: true, retry: () => location.reload() })
    }
  }

  watch(stale, (db) => void (db && refreshOf(db)), { immediate: true })
}
