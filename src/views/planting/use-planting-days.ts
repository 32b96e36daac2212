/** What the pages of planting days show: the city's days as the phone has them last, and how each stands with the person. */
import { computed } from 'vue'
import { useNow } from '../../composables/useNow.ts'
import type { PlantingDays } from '../../contract/planting.ts'
import { DEFAULT_CITY } from '../../domain/base/city.ts'
import { useDeviceStore } from '../../stores/device.ts'
import { useKept } from '../../stores/kept.ts'
import { useLedgerStore } from '../../stores/ledger.ts'

export type ListedDay = PlantingDays['days'][number]

interface OwnSignUp {
  readonly id: string
  readonly isWaiting: boolean
}

export function usePlantingDays() {
  const device = useDeviceStore()
  const ledger = useLedgerStore()
  const clock = useNow()
  const kept = useKept('planting', () => device.city ?? DEFAULT_CITY)
  const now = computed(() => {
    void clock.value
    void kept.at.value
    return ledger.now()
  })
  /** Of the day's id: signed up for in the ledger, or on the way there. */
  const mine = computed(() => {
    const own = new Map<string, OwnSignUp>()
    for (const { id, command } of ledger.waiting)
      if (command.kind === 'planting.join') own.set(command.body.dayId, { id, isWaiting: true })
    for (const [id, { dayId }] of Object.entries(ledger.base?.ledger.plantings ?? {}))
      own.set(dayId, { id, isWaiting: false })
    return own
  })
  return { kept, now, mine, days: computed<readonly ListedDay[]>(() => kept.value.value?.days ?? []) }
}
