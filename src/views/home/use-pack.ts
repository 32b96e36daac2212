/** The methodology pack for what home says beside the figures. Not part of the first load: the words come a moment later. */
import { type ComputedRef, computed, shallowRef } from 'vue'
import type { Instant } from '../../domain/base/time.ts'
import type { Pack } from '../../domain/methodology/pack.ts'
import { useDeviceStore } from '../../stores/device.ts'
import { useServices } from '../../stores/services.ts'

const rules = shallowRef<typeof import('../../domain/methodology/which-pack.ts')>()

export function usePack(now: () => Instant): ComputedRef<Pack | undefined> {
  const device = useDeviceStore()
  const { packs } = useServices()
  if (!rules.value) {
    import('../../domain/methodology/which-pack.ts')
      .then((loaded) => {
        rules.value = loaded
      })
      .catch(() => undefined) // the figures stand without their comparison
  }
  return computed(() => rules.value?.packInForce(device.city, now(), packs))
}
