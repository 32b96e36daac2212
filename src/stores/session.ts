/** Signing in and out, devices, and the end of an account. Every call may throw a SyncProblem, whose code has its words in src/text. */
import { defineStore } from 'pinia'
import { beginLeaving, leaveLedger } from '../actions/leave-ledger.ts'
import { type SignedIn, signIn } from '../actions/sign-in.ts'
import { settingKeys, writeSetting } from '../composables/device-setting.ts'
import type { DeletionReceipt } from '../contract/session.ts'
import { readSignOuts, sendSignOuts } from '../db/sign-outs.ts'
import type { Waiting } from '../db/waiting.ts'
import type { CityId } from '../domain/base/city.ts'
import { useDeviceStore } from './device.ts'
import { useServices } from './services.ts'
import { useSurvivalStore } from './survival.ts'
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
    const backend = await services.backend()
    if ((await readSignOuts(services.device)).length > 0) await endSessions()
    return signIn(services, backend, asked)
  }

  /**
   * Ends the session and removes the ledger from this phone. What waits keeps it, unless it is discarded, and is answered then. Works
   * without a network: the backend hears of it when there is one.
   */
  async function leave({ discards = false } = {}): Promise<Waiting | undefined> {
    const profile = device.current
    if (!profile) return undefined
    const waiting = await beginLeaving(services.device, profile.ledgerId, { discards })
    if (waiting) return waiting
    await remove(profile.ledgerId)
    void endSessions()
    return undefined
  }

  async function remove(ledgerId: string): Promise<void> {
    // First of all, so that after a crash nobody looks for a ledger that was left on purpose.
    if (device.profiles.every((one) => one.ledgerId === ledgerId)) writeSetting(settingKeys.city, null)
    useSurvivalStore().leavesHere(ledgerId)
    void useSyncStore().stop() // a pass on its way finds its database closed
    device.db?.close()
    await leaveLedger(services.device, ledgerId, { endsSession: true })
    await services.dropCaches?.().catch(() => undefined)
  }

  /** Tells the backend of sessions that were ended here. Without a network it is told later, by the worker too. */
  async function endSessions(): Promise<void> {
    const signOut = async (accountId: string) => (await services.backend()).signOut(accountId)
    const isDone = await sendSignOuts(services.device, signOut).catch(() => false)
    if (!isDone) await services.wakeLater?.().catch(() => undefined)
  }

  /** Deletes the account on the backend, then here. The signed receipt is the caller's to show and keep. */
  async function deleteAccount(): Promise<string> {
    const profile = device.current
    if (profile?.kind !== 'account') throw new Error('only an account can be deleted')
    const receipt = await (await services.backend()).deleteAccount(profile.ledgerId)
    await beginLeaving(services.device, profile.ledgerId, { discards: true })
    await remove(profile.ledgerId)
    void endSessions()
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
    leave,
    endSessions,
    deleteAccount,
    readReceipt,
    devices: async () => (await services.backend()).devices(device.current?.ledgerId ?? ''),
    revoke: async (deviceId: string) =>
      (await services.backend()).revoke(device.current?.ledgerId ?? '', deviceId),
  }
})
