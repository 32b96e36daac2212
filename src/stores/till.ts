/** This device as a shop's till: of which branch, the branch's ledger here, and the exchange of it. Loaded by its pages, and where it is one. */
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef, watch } from 'vue'
import { joinTill } from '../actions/till/join-till.ts'
import { useLive } from '../composables/useLive.ts'
import { countUnsent } from '../db/acceptances.ts'
import { deleteTillLedgerDb, type LedgerDb, openTillLedgerDb } from '../db/database.ts'
import { type DeviceFacts, readFact, writeFact } from '../db/device.ts'
import { liveTills, TillDb, type TillFacts, type TillRow, writeTillFact } from '../db/till.ts'
import { initialStatus, type SyncStatus } from '../sync/status.ts'
import type { TillExchange } from '../sync/till-exchange.ts'
import { type RunningSync, useServices } from './services.ts'

export type { TillRow } from '../db/till.ts'

export const useTillStore = defineStore('till', () => {
  const services = useServices()
  const tills = markRaw(new TillDb())
  const read = useLive(() => liveTills(tills))
  const current = computed<TillRow | undefined>(() => read.value.value?.current)
  const all = computed<readonly TillRow[]>(() => read.value.value?.tills ?? [])
  const db = shallowRef<LedgerDb>()
  const status = shallowRef<SyncStatus>(initialStatus)
  let running: Promise<RunningSync> | undefined
  let openId: string | undefined

  async function exchange(): Promise<TillExchange> {
    if (!services.tillExchange) throw new Error('no till here')
    return services.tillExchange()
  }

  // Let in once more, the same branch has another session.
  watch(
    () => current.value?.tillId,
    () => {
      const till = current.value
      void running?.then((sync) => sync.stop()).catch(() => undefined)
      running = undefined
      status.value = initialStatus
      if (openId !== till?.accountId) {
        db.value?.close()
        openId = till?.accountId
        db.value = till && markRaw(openTillLedgerDb(till.accountId, services.newId()))
      }
      void poke()
    },
    { immediate: true, flush: 'sync' },
  )

  async function start(till: TillRow, ledger: LedgerDb): Promise<RunningSync> {
    return (await exchange()).loop({ db: ledger, till, tills }, (next) => {
      if (db.value === ledger) status.value = next
    })
  }

  /** What the exchange needs may not have come: that is said, and the next poke begins anew. */
  async function started(): Promise<RunningSync | undefined> {
    if (!current.value || !db.value) return undefined
    running ??= start(current.value, db.value)
    const beginning = running
    try {
      return await beginning
    } catch {
      if (running !== beginning) return undefined
      running = undefined
      status.value = { phase: 'offline', problem: 'offline' }
      return undefined
    }
  }

  /** Resolves when the pass that it started, or joined, has ended. */
  async function poke(): Promise<void> {
    await (await started())?.poke()
  }

  /** Of all branches: the one that is shown, and then those that are not. */
  async function pokeAll(): Promise<void> {
    await poke()
    if (all.value.length < 2) return
    const except = current.value?.accountId
    await (await exchange()).sendAll({ tills, now: services.now, except }).catch(() => undefined)
  }

  /** Turns this device to another of its branches. What was shown at the one before stays there. */
  async function choose(accountId: string): Promise<void> {
    await writeTillFact(tills, 'current', accountId)
  }

  async function join(code: string): Promise<void> {
    await joinTill({ ...services, tills }, await exchange(), code)
  }

  /** Branches that the person who signed in here manages, by codes that still hold. */
  async function managed(): Promise<DeviceFacts['manages']> {
    const told = (await readFact(services.device, 'manages')) ?? []
    return told.filter(({ expiresAt }) => expiresAt > services.now())
  }

  /** What has not been sent goes with it. */
  async function leave(): Promise<void> {
    const till = current.value
    if (!till) return
    await (await running?.catch(() => undefined))?.stop()
    const api = (await exchange()).api(till)
    await tills.tills.delete(till.accountId)
    await deleteTillLedgerDb(till.accountId)
    await writeFact(services.device, 'isTill', (await tills.tills.count()) > 0)
    // Without its key and secret, which have just gone, the session opens nothing; the backend is told where it can be.
    await api.leave().catch(() => undefined)
  }

  /** How many acceptances of each branch have no record yet. */
  async function unsentByBranch(): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>()
    for (const { accountId } of all.value) {
      const ledger = openTillLedgerDb(accountId)
      try {
        counts.set(accountId, await countUnsent(ledger))
      } finally {
        ledger.close()
      }
    }
    return counts
  }

  async function note<Key extends keyof TillFacts>(key: Key, value: TillFacts[Key]): Promise<void> {
    await writeTillFact(tills, key, value)
  }

  return {
    tills,
    current,
    all,
    isRead: computed(() => read.value.value !== undefined),
    isMute: computed(() => read.value.value?.isMute === true),
    wrongNumbers: computed(() => read.value.value?.wrongNumbers ?? { count: 0 }),
    db,
    status,
    exchange,
    poke,
    pokeAll,
    choose,
    unsentByBranch,
    join,
    managed,
    isDemo: async () => (await services.backend()).isDemo(),
    leave,
    note,
  }
})
