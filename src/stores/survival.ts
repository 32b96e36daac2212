/**
 * What became of the phone's storage behind the app's back: cleared under the open page (what is in memory is written anew, and the person
 * is told), or thrown away before the page came (a city was chosen, but no ledger is there).
 */
import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { type LedgerMemory, reviveDevice, reviveLedger } from '../actions/revive-ledger.ts'
import { readSetting, rewriteSettings, settingKeys } from '../composables/device-setting.ts'
import { READ_LATE_MS } from '../composables/read-troubles.ts'
import { useLive } from '../composables/useLive.ts'
import { liveKeepsakes, NO_KEEPSAKES } from '../db/keepsakes.ts'
import { useDeviceStore } from './device.ts'
import { useServices } from './services.ts'

/** A ledger opened on the page before is written, but its live read comes a moment later. */
const JUST_OPENED_MS = 1500

interface ClearedNotice {
  /** Commands that were written anew. */
  readonly rewritten: number
  /** Of those, nominations whose photo was not in memory. */
  readonly photos: number
  readonly isGuest: boolean
}

export const useSurvivalStore = defineStore('survival', () => {
  const services = useServices()
  const device = useDeviceStore()
  const cleared = shallowRef<ClearedNotice>()
  /** Counted up with each time, for forms that hold words in memory. */
  const revivals = shallowRef(0)
  let running: Promise<void> = Promise.resolve()
  /** How often the data was found gone. What was begun before and fails after did not fail by itself: going on in a new database closes the old. */
  let clearings = 0
  /** What the ledger's store has last read. */
  let remembered = (): Omit<LedgerMemory, 'keepsakes'> => ({
    outbox: [],
    goalGrams: undefined,
    favourites: [],
    sessionSecret: undefined,
  })

  /** Read anew from a database that took the place of another. */
  const keepsakes = useLive(() => (revivals.value >= 0 && device.db ? liveKeepsakes(device.db) : undefined), {
    isQuiet: true,
  })

  /** One after the other: the phone's own database stands before a ledger's. */
  function revive(work: () => Promise<void>): void {
    clearings++
    running = running.then(work).catch(() => undefined) // a full phone: the next step tells
  }

  services.device.guard.onCleared = () => {
    const memory = { profiles: device.all, currentId: device.current?.ledgerId }
    rewriteSettings()
    revive(() => reviveDevice(services.device, memory))
  }

  watch(
    () => device.db,
    (db) => {
      if (!db) return
      db.guard.onCleared = () => {
        const memory = { ...remembered(), keepsakes: keepsakes.value.value ?? NO_KEEPSAKES }
        const isGuest = device.current?.kind !== 'account'
        const kept = new Set(memory.keepsakes.photos.map(({ id }) => id))
        const photos = memory.outbox.filter(
          ({ id, text }) => text.includes('"photo":{') && !kept.has(id),
        ).length
        revive(async () => {
          const rewritten = await reviveLedger(db, memory)
          cleared.value = { rewritten, photos, isGuest }
          revivals.value++
        })
      }
    },
    { immediate: true, flush: 'sync' },
  )

  /** Something was asked for and is not written yet: the phone is slow, and to leave now would lose it. */
  const slowWrites = shallowRef(0)
  async function watchWrite<T>(write: Promise<T>): Promise<T> {
    let isSlow = false
    const late = setTimeout(() => {
      isSlow = true
      slowWrites.value++
    }, READ_LATE_MS)
    try {
      return await write
    } finally {
      clearTimeout(late)
      if (isSlow) slowWrites.value--
    }
  }

  /** The open ledger was signed out in another tab: told, because what was being filled in here is still here. */
  const isLeftElsewhere = shallowRef(false)
  const leftHere = new Set<string>()
  watch(
    () => device.current,
    (next, before) => {
      if (!before || next?.ledgerId === before.ledgerId || leftHere.has(before.ledgerId)) return
      const isAdopted = before.kind === 'guest' && next?.kind === 'account'
      if (!isAdopted && !device.all.some(({ ledgerId }) => ledgerId === before.ledgerId))
        isLeftElsewhere.value = true
    },
  )

  /** A city was chosen here once, and no ledger is there. */
  const isGone = shallowRef(false)
  const isMissing = computed(() => device.isKnown && device.current === undefined)
  /** Chosen before this page came: then the first look at the database is enough. */
  let isKnownCity = readSetting(settingKeys.city) !== null
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    isMissing,
    (missing) => {
      clearTimeout(timer)
      isGone.value = false
      if (missing)
        timer = setTimeout(
          () => {
            isGone.value = readSetting(settingKeys.city) !== null
          },
          isKnownCity ? 0 : JUST_OPENED_MS,
        )
      if (device.isKnown) isKnownCity = false
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  return {
    cleared,
    revivals,
    isGone,
    /** Nobody has chosen a city on this phone, or the last ledger was left. Asked anew each time: nobody tells when a setting is written. */
    isNew: () => isMissing.value && readSetting(settingKeys.city) === null,
    isLeftElsewhere,
    slowWrites,
    watchWrite,
    /** What would be written anew beside the outbox. */
    keepsakes: keepsakes.value,
    remember: (read: typeof remembered) => {
      remembered = read
    },
    leavesHere: (ledgerId: string) => leftHere.add(ledgerId),
    dismiss: () => {
      cleared.value = undefined
      isLeftElsewhere.value = false
    },
    /** For `recovered`: taken before a step is begun. */
    clearings: () => clearings,
    /** Whether data was cleared since then, or is now; resolves when what was in memory is written anew. */
    async recovered(since: number): Promise<boolean> {
      // Closed by the browser in the midst of a step: what is there now is looked at before anything is said.
      await Promise.all([services.device.guard.look(), device.db?.guard.look()])
      if (clearings === since && !device.db?.guard.isCleared && !services.device.guard.isCleared) return false
      await new Promise((resolve) => setTimeout(resolve)) // told in a task of its own
      await running
      return true
    },
  }
})
