/**
 * The pack by which what is logged now will be decided. Over the day on which a new one comes into force the screen goes on by itself, and so
 * it does when the person moves to another city. And the pack beside what was decided, which stays what it was.
 */
import { type ComputedRef, computed } from 'vue'
import { useNow } from '../composables/useNow.ts'
import type { Assessment } from '../domain/methodology/assess.ts'
import type { Pack } from '../domain/methodology/pack.ts'
import { packBeside, packInForce } from '../domain/methodology/which-pack.ts'
import { useDeviceStore } from './device.ts'
import { useLedgerStore } from './ledger.ts'
import { useServices } from './services.ts'

export function usePackInForce(): ComputedRef<Pack> {
  const ledger = useLedgerStore()
  const device = useDeviceStore()
  const { packs } = useServices()
  const clock = useNow()
  return computed(() => {
    void clock.value
    return packInForce(device.city, ledger.now(), packs)
  })
}

/** Undefined while there is nothing to explain. */
export function usePackBeside(assessment: () => Assessment | undefined): ComputedRef<Pack | undefined> {
  const { packs } = useServices()
  return computed(() => {
    const decided = assessment()
    return decided && packBeside(decided, packs)
  })
}
