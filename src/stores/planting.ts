/** Days of planting, and what the person signed up for, as the screens show them. */
import { joinPlanting, leavePlanting } from '../actions/join-planting.ts'
import { type Live, useLive } from '../composables/useLive.ts'
import { liveSignUps } from '../db/planting-reads.ts'
import type { EntryRow } from '../db/tables.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { SignUp } from '../domain/taking-part/planting.ts'
import { useDeviceStore } from './device.ts'
import { useLedgerStore } from './ledger.ts'
import { useServices } from './services.ts'

/** Newest first. */
export function useSignUps(): Live<EntryRow[]> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? liveSignUps(device.db) : undefined))
}

export function usePlantingActions() {
  const ledger = useLedgerStore()
  const device = useDeviceStore()
  const services = useServices()
  return {
    join: (signUp: SignUp): Promise<CommandId> => ledger.act((context) => joinPlanting(context, signUp)),
    leave: (joinId: CommandId): Promise<void> => ledger.act((context) => leavePlanting(context, joinId)),
    async demoSays(joinId: string, said: { readonly came: boolean }): Promise<void> {
      await (await services.backend()).demoPlanting(device.current?.ledgerId ?? '', joinId, said)
    },
  }
}
