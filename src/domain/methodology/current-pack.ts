/** The pack in force. One for now, the demonstration pack; a city replaces it here, and older packs stay for what they assessed. */
import { type ActivityGroup, methodologyOf, type Pack } from './pack.ts'
import { SD_DEMO_V1 } from './packs/index.ts'

export const currentPack: Pack = SD_DEMO_V1

/** Which group an activity's code falls under; a code of a later pack counts as daily life. */
export function groupOfCode(code: string): ActivityGroup {
  return methodologyOf(currentPack, code)?.group ?? 'life'
}
