/** What a person can do with the open ledger: each runs an action of src/actions on it, and then syncs. */
import { watch } from 'vue'
import type { ActionContext } from '../actions/context.ts'
import { LedgerClosedError, LedgerLeftError } from '../db/ledger-closed.ts'
import { clearMeta, type Meta, type MetaKey, writeMeta } from '../db/meta.ts'
import type { NamedRoute } from '../domain/evidence/routes.ts'
import { useDeviceStore } from './device.ts'
import { useServices } from './services.ts'
import { useSurvivalStore } from './survival.ts'
import { useSyncStore } from './sync.ts'

export function useLedgerActs() {
  const services = useServices()
  const device = useDeviceStore()
  const survival = useSurvivalStore()

  function context(): ActionContext {
    if (!device.db) throw new Error('no ledger is open')
    return { db: device.db, now: services.now, newId: services.newId, page: services.page }
  }

  /**
   * Runs an action on the open ledger; on the one that has adopted it, if that happened in another tab meanwhile; or once more on the new
   * one, when the browser had cleared the old. Then syncs.
   */
  async function act<T>(action: (context: ActionContext) => Promise<T>): Promise<T> {
    let result: T
    const closed = device.db
    const clearings = survival.clearings()
    try {
      result = await survival.watchWrite(action(context()))
    } catch (error) {
      if (await survival.recovered(clearings)) return act(action)
      if (!(error instanceof LedgerClosedError) || error instanceof LedgerLeftError) throw error
      await device.finishAdoptions()
      await until(() => device.db !== closed) // the live read of the profiles comes some tasks later
      result = await action(context())
    }
    void useSyncStore().poke()
    return result
  }

  async function setMeta<Key extends MetaKey>(key: Key, value: Meta[Key]): Promise<void> {
    if (device.db) await writeMeta(device.db, key, value)
  }

  return {
    /** Any action of src/actions: those of a page that loads later are imported there. */
    act,
    setGoal: (grams: number) => setMeta('goalGrams', grams),
    setRoutes: (routes: readonly NamedRoute[]) => setMeta('routes', routes),
    setFavourites: (codes: readonly string[]) => setMeta('favourites', codes),
    dismissForkNotice: async () => {
      if (device.db) await clearMeta(device.db, 'forkNotice')
    },
  }
}

/** Waits until what the stores show is so. */
export async function until(isTrue: () => boolean): Promise<void> {
  if (isTrue()) return
  await new Promise<void>((resolve) => {
    watch(isTrue, () => resolve(), { once: true, flush: 'sync' })
  })
}
