/**
 * The end of an account, held outside any component: the panel that asked for it is gone the moment the account is, and the receipt must
 * not go with it.
 */
import { shallowRef } from 'vue'
import type { DeletionReceipt } from '../../contract/session.ts'
import { useDeviceStore } from '../../stores/device.ts'
import { useSessionStore } from '../../stores/session.ts'
import { type Problem, problemOf } from '../../text/app/problems.ts'
import { rememberAfter } from '../welcome/choose-city.ts'

interface Deleted {
  /** The receipt as it was signed. */
  readonly jws: string
  /** What it says, where its signature could be checked. */
  readonly receipt: DeletionReceipt | undefined
}

const deleted = shallowRef<Deleted>()
const problem = shallowRef<Problem>()
const isBusy = shallowRef(false)

export function useDeletion() {
  const device = useDeviceStore()
  const session = useSessionStore()

  async function deleteAccount(): Promise<void> {
    isBusy.value = true
    problem.value = undefined
    try {
      const ledgerId = device.current?.ledgerId ?? ''
      const jws = await session.deleteAccount()
      deleted.value = { jws, receipt: undefined }
      const receipt = await session.readReceipt(jws).catch(() => undefined)
      deleted.value = { jws, receipt }
      await rememberAfter(ledgerId)
    } catch (error) {
      problem.value = problemOf(error)
    } finally {
      isBusy.value = false
    }
  }

  return { deleted, problem, isBusy, deleteAccount }
}
