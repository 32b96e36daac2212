/**
 * Whose ledgers are on this phone, and which one is open; or that this browser lets nothing be kept. Opening, switching and closing happen
 * here and nowhere else.
 */
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef, watch } from 'vue'
import { openGuestLedger } from '../actions/open-guest-ledger.ts'
import { settingKeys, writeSetting } from '../composables/device-setting.ts'
import { useLive } from '../composables/useLive.ts'
import type { LedgerDb } from '../db/database.ts'
import { writeFact } from '../db/device.ts'
import { liveDevice, setProfileCity } from '../db/device-reads.ts'
import type { CityId } from '../domain/base/city.ts'
import { useServices } from './services.ts'

export const useDeviceStore = defineStore('device', () => {
  const services = useServices()
  const read = useLive(() => liveDevice(services.device), { isQuiet: true })
  /** Why nothing can be kept here: site data is blocked, or the database does not open. */
  const openError = shallowRef<unknown>()
  const profiles = computed(
    () => read.value.value?.profiles.filter((profile) => profile.adoptedBy === undefined) ?? [],
  )
  const current = computed(() => read.value.value?.current)
  /** Undefined until the first read: then it is known whether anyone has a ledger here. */
  const isKnown = computed(() => read.value.value !== undefined)
  const city = computed<CityId | undefined>(() => current.value?.city)
  /** Nothing can be read or recorded; undefined while that is not so. */
  const blockedBy = computed<unknown>(() =>
    isKnown.value ? undefined : (openError.value ?? read.error.value),
  )

  /** Asked at once: without IndexedDB a live read waits in silence. */
  function tryOpening(): void {
    openError.value = undefined
    services.device.open().catch((error: unknown) => {
      // Closed by ourselves, e.g. when the page goes.
      if ((error as Error | undefined)?.name !== 'DatabaseClosedError') openError.value = error
    })
  }
  tryOpening()

  /** The person has changed a setting, or closed another tab: once more from the beginning. */
  function retry(): void {
    services.device.close({ disableAutoOpen: false })
    tryOpening()
    read.retry()
  }

  const db = shallowRef<LedgerDb>()
  let openId: string | undefined
  watch(
    () => current.value?.ledgerId,
    (ledgerId) => {
      if (ledgerId === openId) return
      db.value?.close()
      openId = ledgerId
      db.value = ledgerId === undefined ? undefined : markRaw(services.openLedger(ledgerId))
    },
    { immediate: true, flush: 'sync' },
  )

  /** The city of the open ledger, or a new guest ledger in that city. */
  async function chooseCity(chosen: CityId): Promise<void> {
    if (current.value) await setProfileCity(services.device, current.value.ledgerId, chosen)
    else await openGuestLedger(services, chosen)
  }

  async function switchTo(ledgerId: string): Promise<void> {
    await writeFact(services.device, 'currentLedgerId', ledgerId)
  }

  // Looked at once, at the start: later ones are finished by who began them.
  watch(
    isKnown,
    () => {
      const { profiles: all = [], hasLeft } = read.value.value ?? {}
      if (all.some((profile) => profile.adoptedBy !== undefined)) void finishAdoptions()
      if (hasLeft || all.some((profile) => profile.leaving !== undefined)) void finishLeaving()
    },
    { once: true },
  )

  /** Adoptions that a crash interrupted: rare, so their code is not part of the first load. */
  async function finishAdoptions(): Promise<void> {
    const { finishAdoptions: finish } = await import('../actions/adopt-guest-ledger.ts')
    await finish(services.device)
  }

  async function finishLeaving(): Promise<void> {
    const { finishLeaving: finish } = await import('../actions/leave-ledger.ts')
    await finish(services.device)
    if ((await services.device.profiles.count()) === 0) writeSetting(settingKeys.city, null)
  }

  return {
    profiles,
    /** Also those that are being adopted. */
    all: computed(() => read.value.value?.profiles ?? []),
    current,
    isKnown,
    blockedBy,
    retry,
    /** Told by somebody who has waited long enough for it. */
    giveUp: (error: unknown) => {
      if (!isKnown.value) openError.value = error
    },
    city,
    db,
    chooseCity,
    switchTo,
    finishAdoptions,
  }
})
