/** Booked pick-ups as the screens show them. */
import { bookPickup, callOffPickup } from '../actions/book-pickup.ts'
import { type Live, useLive } from '../composables/useLive.ts'
import { livePickups, liveWeights } from '../db/pickup-reads.ts'
import type { EntryRow } from '../db/tables.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { Booking } from '../domain/taking-part/pickup.ts'
import { useDeviceStore } from './device.ts'
import { useLedgerStore } from './ledger.ts'
import { useServices } from './services.ts'

/** Newest first. */
export function usePickups(): Live<EntryRow[]> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? livePickups(device.db) : undefined))
}

/** What was weighed at one. */
export function useWeights(id: () => string): Live<EntryRow[]> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? liveWeights(device.db, id()) : undefined))
}

export function usePickupActions() {
  const ledger = useLedgerStore()
  const device = useDeviceStore()
  const services = useServices()
  return {
    book: (booking: Booking): Promise<CommandId> => ledger.act((context) => bookPickup(context, booking)),
    async demoStep(id: string): Promise<void> {
      await (await services.backend()).demoPickup(device.current?.ledgerId ?? '', id)
    },
    callOff: (id: CommandId): Promise<void> => ledger.act((context) => callOffPickup(context, id)),
  }
}
