/** What would be lost with the open ledger, live, for the panel that signs out. */
import { type Live, useLive } from '../composables/useLive.ts'
import { liveWaiting, type Waiting } from '../db/waiting.ts'
import { useDeviceStore } from './device.ts'

export { sumOf } from '../db/waiting.ts'

export function useWaiting(): Live<Waiting> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? liveWaiting(device.db) : undefined))
}
