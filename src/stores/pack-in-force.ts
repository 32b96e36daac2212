/** The pack by which what is logged now will be decided. Over the day on which a new one comes into force the screen goes on by itself. */
import { type ComputedRef, computed } from 'vue'
import { useNow } from '../composables/useNow.ts'
import type { Pack } from '../domain/methodology/pack.ts'
import { packInForce } from '../domain/methodology/which-pack.ts'
import { useLedgerStore } from './ledger.ts'

export function usePackInForce(): ComputedRef<Pack> {
  const ledger = useLedgerStore()
  const clock = useNow()
  return computed(() => {
    void clock.value
    return packInForce(ledger.now())
  })
}
