/** Whose ledgers are on this phone, and which one is open. Opening, switching and closing happen here and nowhere else. */
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef, watch } from 'vue'
import { openGuestLedger } from '../actions/open-guest-ledger.ts'
import { useLive } from '../composables/useLive.ts'
import type { LedgerDb } from '../db/database.ts'
import { writeFact } from '../db/device.ts'
import { liveDevice, setProfileCity } from '../db/device-reads.ts'
import type { CityId } from '../domain/city.ts'
import { plainName } from '../domain/plain-text.ts'
import { useServices } from './services.ts'

export const useDeviceStore = defineStore('device', () => {
  const services = useServices()
  const read = useLive(() => liveDevice(services.device))
  const profiles = computed(
    () => read.value.value?.profiles.filter((profile) => profile.adoptedBy === undefined) ?? [],
  )
  const current = computed(() => read.value.value?.current)
  /** Undefined until the first read: then it is known whether anyone has a ledger here. */
  const isKnown = computed(() => read.value.value !== undefined)
  const city = computed<CityId | undefined>(() => current.value?.city)

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

  /** A ledger for one more person on this phone; it becomes the open one. */
  async function addGuest(nickname: string, chosen: CityId): Promise<void> {
    const { ledgerId } = await openGuestLedger(services, chosen)
    if (nickname) await rename(ledgerId, nickname)
  }

  async function switchTo(ledgerId: string): Promise<void> {
    await writeFact(services.device, 'currentLedgerId', ledgerId)
  }

  async function rename(ledgerId: string, nickname: string): Promise<void> {
    await services.device.profiles.update(ledgerId, { nickname: plainName(nickname) })
  }

  // Looked at once, at the start: later ones are finished by who began them.
  watch(
    isKnown,
    () => {
      if (read.value.value?.profiles.some((profile) => profile.adoptedBy !== undefined))
        void finishAdoptions()
    },
    { once: true },
  )

  /** Adoptions that a crash interrupted: rare, so their code is not part of the first load. */
  async function finishAdoptions(): Promise<void> {
    const { finishAdoptions: finish } = await import('../actions/adopt-guest-ledger.ts')
    await finish(services.device)
  }

  return {
    profiles,
    current,
    isKnown,
    city,
    db,
    chooseCity,
    addGuest,
    switchTo,
    rename,
    finishAdoptions,
  }
})
