/** Days with their confirmed acts, live: for any period, for bests and badges. */
import { type Live, useLive } from '../composables/useLive.ts'
import { liveActDays } from '../db/act-day-reads.ts'
import type { Day } from '../domain/base/time.ts'
import { groupOfCode } from '../domain/methodology/which-pack.ts'
import type { ActDay } from '../domain/taking-part/act-days.ts'
import { useDeviceStore } from './device.ts'

/** @param span undefined: all days that there are */
export function useActDays(span: () => { from: Day; to: Day } | undefined): Live<ActDay[]> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? liveActDays(device.db, groupOfCode, span()) : undefined))
}
