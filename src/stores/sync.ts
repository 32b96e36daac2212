/** The exchange as the screen shows it, and the one thing the app does about it: say that it is due. */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { LedgerDb } from '../db/database.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import { initialStatus, type SyncStatus } from '../sync/status.ts'
import { useDeviceStore } from './device.ts'
import { type RunningSync, useServices } from './services.ts'

export const useSyncStore = defineStore('sync', () => {
  const services = useServices()
  const device = useDeviceStore()
  const status = shallowRef<SyncStatus>(initialStatus)
  let running: Promise<RunningSync> | undefined
  /** Of the account that is open. */
  let begin: (() => Promise<RunningSync>) | undefined

  const account = computed(() => {
    const profile = device.current
    return profile?.kind === 'account' && profile.signedOutAt === undefined ? profile.ledgerId : undefined
  })

  watch(
    [account, () => device.db],
    async ([accountId, db]) => {
      void stop()
      status.value = device.current?.signedOutAt === undefined ? initialStatus : { phase: 'signed_out' }
      if (accountId === undefined || !db || device.current?.ledgerId !== accountId) return
      // A ledger that is left while it is asked closes under the question; the next one has its own turn.
      const deletedAt = await readMeta(db, 'deletedAt').catch(() => undefined)
      if (deletedAt !== undefined) {
        if (device.db === db) status.value = { phase: 'deleted' }
        return
      }
      if (device.db !== db) return // switched to another ledger while we looked
      begin = () =>
        services.startSync({
          db,
          accountId,
          onStatus: (next) => {
            if (device.db === db) status.value = next
            void remember(next, { db, accountId }).catch(() => undefined) // closed in the meantime: the next exchange tells again
          },
        })
      await poke()
    },
    { immediate: true },
  )

  /** What only the backend can tell is known from then on without a network too: the session or the whole account has ended. */
  async function remember(next: SyncStatus, ledger: { db: LedgerDb; accountId: string }): Promise<void> {
    if (next.phase === 'deleted') await writeMeta(ledger.db, 'deletedAt', services.now())
    if (next.phase === 'signed_out') {
      await services.device.profiles.update(ledger.accountId, { signedOutAt: services.now() })
    }
  }

  /** Resolves when the pass that it started, or joined, has ended. */
  async function poke(): Promise<void> {
    await (await started())?.poke()
  }

  /** What the exchange needs may not have come: that is said, and the next poke begins anew. */
  function started(): Promise<RunningSync | undefined> | undefined {
    running ??= begin?.()
    const beginning = running
    return beginning?.catch(() => {
      if (running === beginning) {
        running = undefined
        status.value = { phase: 'offline', problem: 'offline' }
      }
      return undefined
    })
  }

  /** No pass runs and none begins, e.g. before the ledger is removed. */
  async function stop(): Promise<void> {
    const before = running?.catch(() => undefined)
    running = begin = undefined
    await (await before)?.stop()
  }

  return { status, poke, stop }
})
