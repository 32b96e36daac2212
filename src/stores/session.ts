/** Signing in and out, devices, and the end of an account. Every call may throw a SyncProblem, whose code has its words in src/text. */
import { defineStore } from 'pinia'
import { countUnsynced, leaveLedger } from '../actions/leave-ledger.ts'
import { type SignedIn, signIn } from '../actions/sign-in.ts'
import type { DeletionReceipt } from '../contract/session.ts'
import type { CityId } from '../domain/city.ts'
import { useDeviceStore } from './device.ts'
import { useServices } from './services.ts'
import { useSyncStore } from './sync.ts'

export const useSessionStore = defineStore('session', () => {
  const services = useServices()
  const device = useDeviceStore()

  async function enter(asked: {
    phone: string
    code: string
    deviceName: string
    city: CityId
  }): Promise<SignedIn> {
    return signIn(services, await services.backend(), asked)
  }

  /** Commands that the backend does not have yet; what signing out would lose. */
  async function unsynced(): Promise<number> {
    return device.db ? countUnsynced(device.db) : 0
  }

  /** Ends the session and removes the ledger from this phone. Works without a network: the session then ends by itself. */
  async function leave(): Promise<void> {
    const profile = device.current
    if (!profile) return
    await useSyncStore().stop()
    if (profile.kind === 'account')
      await services
        .backend()
        .then((api) => api.signOut(profile.ledgerId))
        .catch(() => undefined)
    device.db?.close()
    await leaveLedger(services.device, profile.ledgerId)
  }

  /** Deletes the account on the backend, then here. The signed receipt is the caller's to show and keep. */
  async function deleteAccount(): Promise<string> {
    const profile = device.current
    if (profile?.kind !== 'account') throw new Error('only an account can be deleted')
    const receipt = await (await services.backend()).deleteAccount(profile.ledgerId)
    await useSyncStore().stop()
    device.db?.close()
    await leaveLedger(services.device, profile.ledgerId)
    return receipt
  }

  /** Undefined when no key that this phone trusts has signed it. */
  async function readReceipt(receipt: string): Promise<DeletionReceipt | undefined> {
    const { readDeletionReceipt } = await import('../actions/read-deletion-receipt.ts')
    return readDeletionReceipt(services.device, receipt)
  }

  return {
    requestCode: async (phone: string) => (await services.backend()).requestCode(phone),
    demoSms: async (phone: string) => (await services.backend()).demoSms(phone),
    enter,
    unsynced,
    leave,
    deleteAccount,
    readReceipt,
    devices: async () => (await services.backend()).devices(device.current?.ledgerId ?? ''),
    revoke: async (deviceId: string) =>
      (await services.backend()).revoke(device.current?.ledgerId ?? '', deviceId),
  }
})
