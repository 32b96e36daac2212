/** The methodology pack for what home says beside the figures. Not part of the first load: the words come a moment later. */
import { type ShallowRef, shallowRef } from 'vue'
import type { Instant } from '../../domain/base/time.ts'
import type { Pack } from '../../domain/methodology/pack.ts'

const pack = shallowRef<Pack>()

export function usePack(now: Instant): Readonly<ShallowRef<Pack | undefined>> {
  if (!pack.value) {
    import('../../domain/methodology/which-pack.ts')
      .then((loaded) => {
        pack.value = loaded.packInForce(now)
      })
      .catch(() => undefined) // the figures stand without their comparison
  }
  return pack
}
